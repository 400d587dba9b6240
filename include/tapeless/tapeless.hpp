// SPDX-License-Identifier: BSL-1.0
#pragma once

#include <tapeless/array/from_array.hpp>
#include <tapeless/batch/batch.hpp>
#include <tapeless/check/gradient.hpp>
#include <tapeless/derive/by_duals.hpp>
#include <tapeless/derive/coloring.hpp>
#include <tapeless/derive/cost.hpp>
#include <tapeless/derive/custom_gradient.hpp>
#include <tapeless/derive/gradient.hpp>
#include <tapeless/derive/graph_of.hpp>
#include <tapeless/derive/hessian.hpp>
#include <tapeless/derive/partial.hpp>
#include <tapeless/derive/pushforward.hpp>
#include <tapeless/derive/sparse.hpp>
#include <tapeless/dual/dual.hpp>
#include <tapeless/dual/taylor.hpp>
#include <tapeless/formula/function.hpp>
#include <tapeless/formula/print.hpp>
#include <tapeless/formula/symbolic.hpp>
#include <tapeless/formula/verbs.hpp>
#include <tapeless/lanes/experimental_simd.hpp>
#include <tapeless/print/explain_matrix.hpp>
#include <tapeless/trace/gather.hpp>
#include <tapeless/trace/images.hpp>
#include <tapeless/trace/normalize.hpp>
#include <tapeless/trace/solve.hpp>

// SPDX-License-Identifier: BSL-1.0
#pragma once

#include <tapeless/check/gradient.hpp>
#include <tapeless/derive/cost.hpp>
#include <tapeless/derive/custom_gradient.hpp>
#include <tapeless/derive/gradient.hpp>
#include <tapeless/derive/graph_of.hpp>
#include <tapeless/formula/print.hpp>
#include <tapeless/formula/symbolic.hpp>
#include <tapeless/formula/verbs.hpp>
#include <tapeless/trace/gather.hpp>

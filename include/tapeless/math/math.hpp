// SPDX-License-Identifier: BSL-1.0
#pragma once

/// Elementary functions of float, double and long double, all of them constant expressions.
/// In a constant expression a function is our own algorithm, the same on every compiler: good to 0.501 ulp in float and
/// double, and to one ulp in 80-bit long double. At run time it is the C library's, called without a wrapper.

#include <tapeless/math/arithmetic.hpp>
#include <tapeless/math/classification.hpp>
#include <tapeless/math/digamma.hpp>
#include <tapeless/math/error_function.hpp>
#include <tapeless/math/exponential.hpp>
#include <tapeless/math/gamma.hpp>
#include <tapeless/math/hyperbolic.hpp>
#include <tapeless/math/inverse_trigonometric.hpp>
#include <tapeless/math/logarithm.hpp>
#include <tapeless/math/polygamma.hpp>
#include <tapeless/math/power.hpp>
#include <tapeless/math/root.hpp>
#include <tapeless/math/rounding.hpp>
#include <tapeless/math/scaling.hpp>
#include <tapeless/math/trigonometric.hpp>

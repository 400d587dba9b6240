// SPDX-License-Identifier: BSL-1.0
#pragma once

namespace tapeless::detail {

/// What an operation is in C: an expression of its operands $0, $1, $2, and the function that this calls, if it is not
/// in <math.h>. @ stands for the name of the whole, so that functions of several texts can meet in one file.
struct c_operation {
  const char* name;
  int arity;
  const char* expression;
  const char* helper = nullptr;
};

// clang-format off
inline constexpr c_operation c_operations[] = {
    {"+", 2, "$0 + $1"}, {"-", 2, "$0 - $1"}, {"*", 2, "$0 * $1"}, {"/", 2, "$0 / $1"}, {"-", 1, "-$0"},
    {"<", 2, "$0 < $1"}, {"<=", 2, "$0 <= $1"}, {"==", 2, "$0 == $1"}, {"!=", 2, "$0 != $1"},
    {"&&", 2, "$0 && $1"}, {"||", 2, "$0 || $1"}, {"!", 1, "!$0"}, {"select", 3, "$0 ? $1 : $2"},
    {"as_real", 1, "(double)$0"}, {"as_integer", 1, "(long long)$0"},
    {"int8", 1, "(signed char)$0"}, {"uint8", 1, "(unsigned char)$0"}, {"int16", 1, "(short)$0"},
    {"uint16", 1, "(unsigned short)$0"}, {"int32", 1, "(int)$0"}, {"uint32", 1, "(unsigned)$0"},
    {"%", 2, "$1 == 0 || $1 == -1 ? 0 : $0 % $1"}, {"&", 2, "$0 & $1"}, {"|", 2, "$0 | $1"}, {"^", 2, "$0 ^ $1"},
    {"<<", 2, "$1 < 0 || $1 > 63 ? 0 : $0 << $1"}, {">>", 2, "$1 < 0 || $1 > 63 ? 0 : $0 >> $1"},
    {"abs", 1, "fabs($0)"}, {"sign", 1, "$0 > 0.0 ? 1.0 : $0 < 0.0 ? -1.0 : $0"},
    {"min", 2, "$1 < $0 ? $1 : $0"}, {"max", 2, "$0 < $1 ? $1 : $0"}, {"clamp", 3, "$0 < $1 ? $1 : $2 < $0 ? $2 : $0"},
    {"fdim", 2, "fdim($0, $1)"}, {"copysign", 2, "copysign($0, $1)"},
    {"floor", 1, "floor($0)"}, {"ceil", 1, "ceil($0)"}, {"trunc", 1, "trunc($0)"}, {"round", 1, "round($0)"},
    {"fmod", 2, "fmod($0, $1)"}, {"remainder", 2, "remainder($0, $1)"},
    {"exp", 1, "exp($0)"}, {"exp2", 1, "exp2($0)"}, {"exp10", 1, "pow(10.0, $0)"}, {"expm1", 1, "expm1($0)"},
    {"log", 1, "log($0)"}, {"log2", 1, "log2($0)"}, {"log10", 1, "log10($0)"}, {"log1p", 1, "log1p($0)"},
    {"xlogx", 1, "$0 == 0.0 ? 0.0 : $0 * log($0)"},
    {"pow", 2, "pow($0, $1)"}, {"powi", 2, "pow($0, (double)$1)"}, {"square", 1, "$0 * $0"}, {"inv", 1, "1.0 / $0"},
    {"sqrt", 1, "sqrt($0)"}, {"rsqrt", 1, "1.0 / sqrt($0)"}, {"cbrt", 1, "cbrt($0)"},
    {"hypot", 2, "hypot($0, $1)"}, {"hypot", 3, "hypot(hypot($0, $1), $2)"}, {"fma", 3, "fma($0, $1, $2)"},
    {"lerp", 3, "@_lerp($0, $1, $2)", R"c(
static double @_lerp(double a, double b, double t) {
  const double x = a + t * (b - a);
  if ((a <= 0.0 && b >= 0.0) || (a >= 0.0 && b <= 0.0)) return t * b + (1.0 - t) * a;
  if (t == 1.0) return b;
  return (t > 1.0) == (b > a) ? (b < x ? x : b) : (x < b ? x : b);
}
)c"},
    {"sin", 1, "sin($0)"}, {"cos", 1, "cos($0)"}, {"tan", 1, "tan($0)"}, {"asin", 1, "asin($0)"},
    {"acos", 1, "acos($0)"}, {"atan", 1, "atan($0)"}, {"atan2", 2, "atan2($0, $1)"}, {"sinh", 1, "sinh($0)"},
    {"cosh", 1, "cosh($0)"}, {"sech", 1, "1.0 / cosh($0)"}, {"tanh", 1, "tanh($0)"}, {"asinh", 1, "asinh($0)"}, {"acosh", 1, "acosh($0)"},
    {"atanh", 1, "atanh($0)"},
    {"erf", 1, "erf($0)"}, {"erfc", 1, "erfc($0)"}, {"tgamma", 1, "tgamma($0)"}, {"lgamma", 1, "lgamma($0)"},
    {"digamma", 1, "@_digamma($0)"}, {"polygamma", 2, "@_polygamma($0, $1)", R"c(
/* (-1)^(n+1) n! (1/x^(n+1) + 1/(x + 1)^(n+1) + ...) by the series of Euler and Maclaurin; x > 0. */
static double @_polygamma(long long n, double x) {
  static const double weight[] = {1.0 / 12, -1.0 / 720, 1.0 / 30240, -1.0 / 1209600, 1.0 / 47900160};
  const double s = (double)n + 1.0;
  double sum = 0.0, factorial = 1.0, term;
  int k;
  if (n == 0) return @_digamma(x);
  if (n < 0 || !(x > 0.0)) return NAN;
  for (k = 2; k <= n; ++k) factorial *= k;
  for (; x < 15.0 + s; x += 1.0) sum += pow(x, -s);
  sum += pow(x, 1.0 - s) / (s - 1.0) + 0.5 * pow(x, -s);
  term = s * pow(x, -s - 1.0);
  for (k = 0; k < 5; ++k) {
    sum += weight[k] * term;
    term *= (s + 2 * k + 1) / x * ((s + 2 * k + 2) / x);
  }
  return n % 2 != 0 ? factorial * sum : -factorial * sum;
}
)c"},
    {"sigmoid", 1, "@_sigmoid($0)", R"c(
static double @_sigmoid(double x) {
  const double e = exp(-fabs(x));
  return (x < 0.0 ? e : 1.0) / (1.0 + e);
}
)c"},
    {"log_sigmoid", 1, "@_log_sigmoid($0)", R"c(
static double @_log_sigmoid(double x) { return (x < 0.0 ? x : 0.0) - log1p(exp(-fabs(x))); }
)c"},
    {"softplus", 1, "@_softplus($0)", R"c(
static double @_softplus(double x) { return (x > 0.0 ? x : 0.0) + log1p(exp(-fabs(x))); }
)c"},
    {"relu", 1, "$0 < 0.0 ? 0.0 : $0"}, {"leaky_relu", 2, "$0 > 0.0 ? $0 : $1 * $0"},
    {"elu", 2, "$0 > 0.0 ? $0 : $1 * expm1($0)"},
    {"gelu", 1, "@_gelu($0)", R"c(
static double @_gelu(double x) { return x / 2.0 * erfc(-0.7071067811865476 * x); }
)c"},
    {"silu", 1, "@_silu($0)", R"c(
static double @_silu(double x) {
  const double e = exp(-fabs(x));
  return x * ((x < 0.0 ? e : 1.0) / (1.0 + e));
}
)c"},
    {"softsign", 1, "$0 / (1.0 + fabs($0))"},
    {"logaddexp", 2, "@_logaddexp($0, $1)", R"c(
static double @_logaddexp(double x, double y) {
  return (x < y ? y : x) + log1p(exp(x == y ? 0.0 : -fabs(x - y)));
}
)c"},
    {"smooth_abs", 2, "hypot($0, $1)"},
    {"smooth_max", 3, "@_smooth_max($0, $1, $2)", R"c(
static double @_smooth_max(double x, double y, double w) {
  const double d = fabs(x - y);
  return (x < y ? y : x) + (w == 0.0 ? w : w / 2.0 * (w / (hypot(d, w) + d)));
}
)c"},
};
inline constexpr const char* c_digamma = R"c(
/* The derivative of lgamma, by the series of Stirling; reflected for negative x. */
static double @_digamma(double x) {
  double sum = 0.0, u;
  if (x == 0.0) return -copysign(INFINITY, x);
  if (x < 0.0 && floor(x) == x) return NAN;
  if (x < 0.0) return @_digamma(1.0 - x) - 3.141592653589793 / tan(3.141592653589793 * fmod(x, 1.0));
  for (; x < 16.0; x += 1.0) sum += 1.0 / x;
  u = 1.0 / (x * x);
  return log(x) - 0.5 / x - u * (1.0 / 12 - u * (1.0 / 120 - u * (1.0 / 252 - u * (1.0 / 240 - u / 132)))) - sum;
}
)c";
// clang-format on

}  // namespace tapeless::detail

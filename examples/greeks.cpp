// SPDX-License-Identifier: BSL-1.0

// The greeks of a European call, to third order: the derivatives of the price of F. Black and M. Scholes (1973) by spot
// price, volatility, time and rate, each from the one formula of the price by tl::partial<orders...>, beside the closed
// forms that one would have to derive and type in (E. G. Haug, The Complete Guide to Option Pricing Formulas, 2007).
// Derivatives by time have the sign of passing time: it is the time that is left, by which the price is differentiated.

#include <algorithm>
#include <cmath>
#include <cstddef>
#include <cstdio>

#include <tapeless/tapeless.hpp>

namespace greeks {

/// The price of the right to buy for `strike` after `time`: S N(d1) - K exp(-r t) N(d2), with
/// d1 = (log(S / K) + (r + s^2 / 2) t) / (s sqrt(t)) and d2 = d1 - s sqrt(t).
constexpr auto call = [](auto spot, auto volatility, auto time, auto rate, auto strike) {
  const auto normal = [](auto x) { return 0.5 * erfc(-0.70710678118654752440 * x); };
  const auto width = volatility * sqrt(time);
  const auto d1 = (log(spot / strike) + (rate + 0.5 * volatility * volatility) * time) / width, d2 = d1 - width;
  return spot * normal(d1) - strike * exp(-rate * time) * normal(d2);
};

// The compiler differentiates, and can evaluate: at the money and without interest, gamma is n(d1) / (S s sqrt(t)).
static_assert(tl::abs(tl::partial<2>(call)(100.0, 0.5, 4.0, 0.0, 100.0) - 0.0035206532676429948) < 1e-17);

struct option {
  double spot, volatility, time, rate, strike;
};

/// One row of the table: the partial derivative of these orders by spot, volatility, time and rate, and the closed
/// form. Returns the relative difference.
template <std::size_t... Order>
double row(const option& o, const char* name, const char* meaning, double exact) {
  constexpr auto derivative = tl::partial<Order...>(call);
  constexpr std::size_t orders[]{Order..., 0, 0, 0};
  constexpr double sign = orders[2] % 2 == 0 ? 1 : -1;
  const double found = sign * derivative(o.spot, o.volatility, o.time, o.rate, o.strike);
  const double difference = std::abs(found - exact) / std::abs(exact);
  constexpr auto operations = tl::cost<decltype(derivative), double, double, double, double, double>.total();
  std::printf("  %-6s %-12s %20.12f %20.12f  %9.1e  %10zu\n", name, meaning, found, exact, difference, operations);
  return difference;
}

/// Prints the table for one option; returns the largest relative difference.
double table(const option& o) {
  const auto [spot, volatility, time, rate, strike] = o;
  const double root = std::sqrt(time), width = volatility * root, discount = std::exp(-rate * time);
  const double d1 = (std::log(spot / strike) + (rate + volatility * volatility / 2) * time) / width, d2 = d1 - width;
  const double n1 = std::erfc(-d1 / std::sqrt(2.0)) / 2, n2 = std::erfc(-d2 / std::sqrt(2.0)) / 2;
  const double density = std::exp(-d1 * d1 / 2) / std::sqrt(2 * std::acos(-1.0));

  const double vega = spot * density * root, gamma = density / (spot * width);
  const double theta = -spot * density * volatility / (2 * root) - rate * strike * discount * n2;
  const double drift = (2 * rate * time - d2 * width) / (2 * time * width);  // of d1 with the time that is left
  const double skew = d1 * d2 * (1 - d1 * d2) + d1 * d1 + d2 * d2;

  std::printf("spot %g, strike %g, volatility %g, time %g, rate %g\n", spot, strike, volatility, time, rate);
  std::printf("  %-6s %-12s %20s %20s  %9s  %10s\n", "greek", "derivative", "tl::partial", "closed form", "relative",
              "operations");
  return std::max({
      row<1>(o, "delta", "dV/dS", n1),
      row<0, 1>(o, "vega", "dV/ds", vega),
      row<0, 0, 1>(o, "theta", "-dV/dt", theta),
      row<0, 0, 0, 1>(o, "rho", "dV/dr", strike * time * discount * n2),
      row<2>(o, "gamma", "d2V/dS2", gamma),
      row<1, 1>(o, "vanna", "d2V/dS ds", -density * d2 / volatility),
      row<0, 2>(o, "volga", "d2V/ds2", vega * d1 * d2 / volatility),
      row<1, 0, 1>(o, "charm", "-d2V/dS dt", -density * drift),
      row<3>(o, "speed", "d3V/dS3", -gamma / spot * (d1 / width + 1)),
      row<2, 1>(o, "zomma", "d3V/dS2 ds", gamma * (d1 * d2 - 1) / volatility),
      row<2, 0, 1>(o, "color", "-d3V/dS2 dt", gamma * (1 / (2 * time) + d1 * drift)),
      row<0, 3>(o, "ultima", "d3V/ds3", -vega * skew / (volatility * volatility)),
  });
}

}  // namespace greeks

int main() {
  using namespace greeks;
  double worst = 0;
  for (const option& o : {option{105, 0.25, 0.75, 0.03, 100}, option{80, 0.4, 2, 0.01, 120}})
    worst = std::max(worst, table(o));
  const bool right = worst < 1e-11;
  std::printf("largest relative difference %.1e: %s\n", worst, right ? "all agree" : "a derivative is wrong");
  return right ? 0 : 1;
}

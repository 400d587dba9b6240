// SPDX-License-Identifier: BSL-1.0
//
// Measures what the operations of the table compute in a constant expression against MPFR, at random points of every
// kind and at the edge cases, and prints the largest error of each in ulp of the exact result:
//
//     accuracy [--points n] [--only name] [--jobs n] [--write table | --table table]
//
// Fails if an error exceeds its bound; if the machine differs from the compiler, see below; or if a table that was
// written lacks an operation, or says of as many points anything else.

#include <algorithm>
#include <array>
#include <atomic>
#include <cmath>
#include <concepts>
#include <cstdio>
#include <cstdlib>
#include <fstream>
#include <limits>
#include <map>
#include <mutex>
#include <sstream>
#include <string>
#include <string_view>
#include <thread>
#include <type_traits>
#include <utility>
#include <vector>

// What a compiler does in a constant expression, done by the machine, millions of times as fast. That both come to the
// same bits is tested, too.
#define __builtin_is_constant_evaluated() true
#include <tapeless/op/table.hpp>
#undef __builtin_is_constant_evaluated

#include "table/closeup.hpp"
#include "table/exact.hpp"
#include "table/name.hpp"

namespace {

namespace op = tapeless::op;

constexpr double wrong = std::numeric_limits<double>::infinity();

/// |computed - exact| in units of the last place of the exact result in T; infinite for a wrong NaN, infinity or, if
/// they count, sign of zero. Where terms cancel no digits are asked for that their rounding took: then the unit is that
/// of the largest term, or, with numbers computed in long double, of 1/1024 of it.
template <class T>
double ulp_error(T computed, const real& exact, const real& term, bool signs) {
  using limits = std::numeric_limits<T>;
  if (mpfr_nan_p(exact.x) || std::isnan(computed)) return mpfr_nan_p(exact.x) && std::isnan(computed) ? 0 : wrong;
  const bool same_sign = std::signbit(computed) == (mpfr_signbit(exact.x) != 0);
  const bool wrong_zero = computed == 0 && !same_sign && signs;
  const bool cancels = mpfr_cmpabs(term.x, exact.x) > 0;
  real a, b;
  mpfr_set_ui_2exp(a.x, 1, limits::max_exponent, MPFR_RNDN);
  mpfr_set_ui_2exp(b.x, 1, limits::max_exponent - limits::digits - 1, MPFR_RNDN);
  mpfr_sub(a.x, a.x, b.x, MPFR_RNDN);
  const bool infinite = mpfr_cmpabs(exact.x, a.x) >= 0;  // from there on numbers round to infinity
  if (infinite || std::isinf(computed)) return infinite && std::isinf(computed) && same_sign ? 0 : wrong;
  if (!cancels && (wrong_zero || (mpfr_zero_p(exact.x) && computed != 0))) return wrong;
  mpfr_set_ld(a.x, computed, MPFR_RNDN);
  mpfr_sub(a.x, a.x, exact.x, MPFR_RNDN);
  long size = mpfr_zero_p(exact.x) ? limits::min_exponent : mpfr_get_exp(exact.x);
  if (cancels) size = std::max(size, mpfr_get_exp(term.x) - (limits::digits > 53 ? 0 : 10));
  mpfr_mul_2si(a.x, a.x, limits::digits - std::max<long>(size, limits::min_exponent), MPFR_RNDN);
  return std::fabs(mpfr_get_d(a.x, MPFR_RNDN));
}

// ---- one operation at one point -------------------------------------------------------------------------------------

template <class T>
using point = std::array<T, 3>;

template <class Op, std::size_t I, class T>
constexpr auto argument(const point<T>& x) {
  if constexpr (Op::takes(I) == op::argument::condition) return x[I] > 0;
  else if constexpr (Op::takes(I) == op::argument::whole) return static_cast<int>(x[I]);
  else return x[I];
}

template <class Op, class T>
constexpr auto call(const auto& f, const point<T>& x) {
  return [&]<std::size_t... I>(std::index_sequence<I...>) { return f(argument<Op, I>(x)...); }
  (std::make_index_sequence<Op::arity>{});
}

template <class X>
auto for_mpfr(X x) {
  if constexpr (std::floating_point<X>) return real(static_cast<long double>(x));
  else return x;
}

/// The row's value, as constant expressions compute it.
template <class Op>
struct early {
  constexpr auto operator()(auto... x) const { return tapeless::apply<Op>(x...); }
};
/// Where that is a function of ours at run time, too.
struct late_digamma {
  auto operator()(auto x) const { return tapeless::math::at_run_time::digamma(x); }
};
struct late_polygamma {
  auto operator()(int n, auto x) const { return tapeless::math::at_run_time::polygamma(n, x); }
};

/// The largest error met, and where.
template <class T>
struct finding {
  double error = -1;
  point<T> at{};
};

template <class Op, class Ours, class T>
void look_at(const point<T>& x, finding<T>& worst) {
  const auto error = call<Op>(
      [&](auto... a) {
        constexpr bool has_terms = requires { table::exact<Op>::term(for_mpfr(a)...); };
        constexpr bool signs = !Op::rounds_often;  // an operation made of several makes zeros of either sign
        const auto computed = Ours{}(a...);
        if (Op::rounds_often && (... || (a != a)))  // a constant expression must not compute with NaN
          return ulp_error(computed, real(std::numeric_limits<long double>::quiet_NaN()), table::zero, signs);
        const real exact = table::exact<Op>::value(for_mpfr(a)...);
        if constexpr (has_terms) return ulp_error(computed, exact, table::exact<Op>::term(for_mpfr(a)...), signs);
        else return ulp_error(computed, exact, table::zero, signs);
      },
      x);
  if (error > worst.error) worst = {error, x};
}

template <class Op, class Ours, class T>
finding<T> measure(const table::closeup& c, long points) {
  finding<T> worst;
  const auto edge = table::edges<T>(c);
  std::size_t combinations = 1;
  for (std::size_t k = 0; k < Op::arity; ++k) combinations *= edge.size();
  for (std::size_t i = 0; i < combinations; ++i) {
    point<T> x{};
    for (std::size_t k = 0, rest = i; k < Op::arity; ++k, rest /= edge.size())
      x[k] = Op::takes(k) == op::argument::whole ? static_cast<T>(static_cast<int>(rest % edge.size()) % 6 - 1)
                                                 : edge[rest % edge.size()];
    look_at<Op, Ours>(x, worst);
  }
  table::arguments<T> next(c);
  for (long i = 0; i < points; ++i) {
    point<T> x{};
    long choices = i;
    for (std::size_t k = 0; k < Op::arity; ++k, choices /= 3)
      x[k] = next.next(Op::takes(k), static_cast<int>(choices % 3));
    look_at<Op, Ours>(x, worst);
  }
  return worst;
}

// ---- the compiler and the machine -----------------------------------------------------------------------------------

constexpr double some[] = {0.375, -0.8, 2.7, 1e-3, 31.25, -0.0, 1.0, -6.02e5, 0.1, 1e-30};

template <class Op, class T>
struct some_values {
  static constexpr std::size_t size = std::size(some);
  using result = decltype(call<Op>(early<Op>{}, point<T>{}));
  std::array<result, size> value{};
  static constexpr point<T> at(std::size_t i) {
    point<T> x;
    for (std::size_t k = 0; k < 3; ++k)
      x[k] = k < Op::arity && Op::takes(k) == op::argument::whole ? static_cast<T>(i % 4)
                                                                  : static_cast<T>(some[(i + 3 * k) % size]);
    return x;
  }
  constexpr some_values() {
    for (std::size_t i = 0; i < size; ++i) value[i] = call<Op>(early<Op>{}, at(i));
  }
};

template <class Op, class T>
bool compiler_and_machine_agree() {
  static constexpr some_values<Op, T> made;
  volatile std::size_t known_late = 0;
  for (std::size_t i = known_late; i < made.size; ++i) {
    const auto a = made.value[i], b = call<Op>(early<Op>{}, some_values<Op, T>::at(i));
    if (std::isnan(a) != std::isnan(b) || (!std::isnan(a) && (a != b || std::signbit(a) != std::signbit(b))))
      return false;
  }
  return true;
}

// ---- all of them ----------------------------------------------------------------------------------------------------

struct subject {
  std::string name, type;
  double bound;
  /// Returns the error, and the line to print.
  std::pair<double, std::string> (*measure)(const subject&, long points);
  bool (*agree)() = nullptr;  // null where there is nothing to do at compile time
  double error = -1;
};

template <class Op, class Ours, class T>
std::pair<double, std::string> measure_and_say(const subject& s, long points) {
  const finding<T> worst = measure<Op, Ours, T>(table::closeup_of<T>(s.name), points);
  char text[200];
  int length = std::snprintf(text, sizeof text, "%-20s %-12s %9.4f ", s.name.c_str(), s.type.c_str(), worst.error);
  for (std::size_t k = 0; k < Op::arity; ++k)
    length += std::snprintf(text + length, sizeof text - static_cast<std::size_t>(length), " %.21Lg",
                            static_cast<long double>(worst.at[k]));
  return {worst.error, text};
}

template <class T, class... Ops>
void add_subjects(std::vector<subject>& all, const char* type, op::list<Ops...>) {
  const auto add = [&]<class Op, class Ours = early<Op>>(op::tag<Op>, std::string_view name, Ours = {}) {
    if constexpr (!Op::predicate) {
      all.push_back({std::string(name), type, table::closeup_of<T>(name).bound, &measure_and_say<Op, Ours, T>});
      if constexpr (std::is_same_v<Ours, early<Op>>) all.back().agree = &compiler_and_machine_agree<Op, T>;
    }
  };
  (add(op::tag<Ops>{}, table::struct_name<Ops>()), ...);
  add(op::tag<op::digamma>{}, "run-time digamma", late_digamma{});
  for (const char* order : {"run-time polygamma 1", "run-time polygamma 2", "run-time polygamma 3"})
    add(op::tag<op::polygamma>{}, order, late_polygamma{});
}

/// A line of the table: the error as text, so that what is read is what was written.
std::string error_text(double error) {
  char text[32];
  std::snprintf(text, sizeof text, "%.4f", error);
  return text;
}

bool table_agrees(const std::vector<subject>& all, const std::string& file, long points) {
  struct entry {
    std::string error;
    long points;
  };
  std::map<std::pair<std::string, std::string>, entry> entries;
  std::ifstream lines(file);
  std::string line, name, type;
  for (std::getline(lines, line); std::getline(lines, line);) {
    std::istringstream fields(line);
    entry e;
    std::getline(std::getline(fields, name, '\t'), type, '\t');
    fields >> e.error >> e.points;
    entries[{name, type}] = e;
  }
  bool good = true;
  for (const subject& s : all) {
    const auto e = entries.find({s.name, s.type});
    if (s.error < 0 || !s.agree) continue;
    const bool there = e != entries.end(), same = there && e->second.error == error_text(s.error);
    if (there && std::stod(e->second.error) <= s.bound && (same || e->second.points != points)) continue;
    std::printf("%s, %s: %s in %s\n", s.name.c_str(), s.type.c_str(), there ? e->second.error.c_str() : "missing",
                file.c_str());
    good = false;
  }
  return good;
}

void write_table(const std::vector<subject>& all, const std::string& file, long points) {
  std::ofstream out(file);
  out << "operation\ttype\tulp\tpoints\n";
  for (const subject& s : all)
    if (s.agree && s.error >= 0)
      out << s.name << '\t' << s.type << '\t' << error_text(s.error) << '\t' << points << '\n';
}

}  // namespace

int main(int argc, char** argv) {
  std::map<std::string, std::string> option = {{"--points", "3000"}, {"--jobs", "1"}};
  for (int i = 1; i + 1 < argc; i += 2) option[argv[i]] = argv[i + 1];
  const long points = std::atol(option["--points"].c_str());

  std::vector<subject> all;
  add_subjects<float>(all, "float", op::all{});
  add_subjects<double>(all, "double", op::all{});
  add_subjects<long double>(all, "long double", op::all{});

  bool good = true;
  std::mutex printing;
  std::atomic<std::size_t> next = 0;
  const auto work = [&] {
    for (std::size_t i; (i = next++) < all.size();) {
      subject& s = all[i];
      if (!option["--only"].empty() && option["--only"] != s.name) continue;
      const auto [error, text] = s.measure(s, points);
      const bool agree = !s.agree || s.agree();
      const std::lock_guard lock(printing);
      s.error = error;
      std::printf("%s", text.c_str());
      if (error > s.bound) std::printf("  EXCEEDS %g", s.bound);
      std::printf(agree ? "\n" : "  DIFFERS in a constant expression\n");
      std::fflush(stdout);
      good = good && agree && error <= s.bound;
    }
  };
  std::vector<std::thread> others;
  for (int i = 1; i < std::atoi(option["--jobs"].c_str()); ++i) others.emplace_back(work);
  work();
  for (std::thread& t : others) t.join();

  if (!option["--write"].empty()) write_table(all, option["--write"], points);
  if (!option["--table"].empty()) good = table_agrees(all, option["--table"], points) && good;
  return good ? 0 : 1;
}

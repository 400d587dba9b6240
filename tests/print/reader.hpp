// SPDX-License-Identifier: BSL-1.0
#pragma once

#include <cctype>
#include <map>
#include <stdexcept>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

// Reads printed programs as C++ would: by the precedence of its operators, by recursive descent, knowing nothing of how
// they were printed.
namespace reading {

/// A name, a number, or an operation on operands.
struct term {
  std::string head;
  std::vector<term> operands;
  bool operator==(const term&) const = default;
};

struct program {
  std::vector<std::pair<std::string, term>> definitions;
  std::vector<term> results;
  bool operator==(const program&) const = default;
};

class reader {
 public:
  explicit reader(std::string_view text) : rest_(text) {}

  program read(std::size_t results) {
    program p;
    while (rest_.find(';') != rest_.npos) {
      const std::string name = word();
      expect("=");
      p.definitions.emplace_back(name, operation(0));
      expect(";");
    }
    if (results != 1) expect("(");
    for (std::size_t i = 0; i < results; ++i) {
      if (i > 0) expect(",");
      p.results.push_back(operation(0));
    }
    if (results != 1) expect(")");
    skip_space();
    if (!rest_.empty()) fail("the end");
    return p;
  }

 private:
  [[noreturn]] void fail(std::string_view expected) const {
    throw std::runtime_error(std::string(expected) + " expected before " + std::string(rest_));
  }
  void skip_space() {
    while (!rest_.empty() && rest_[0] == ' ') rest_.remove_prefix(1);
  }
  bool accept(std::string_view symbol) {
    skip_space();
    if (!rest_.starts_with(symbol)) return false;
    rest_.remove_prefix(symbol.size());
    return true;
  }
  void expect(std::string_view symbol) {
    if (!accept(symbol)) fail(symbol);
  }
  std::string take(std::size_t n) {
    const std::string taken(rest_.substr(0, n));
    rest_.remove_prefix(n);
    return taken;
  }

  std::string word() {
    skip_space();
    std::size_t n = 0;
    while (n < rest_.size() && (std::isalnum(static_cast<unsigned char>(rest_[n])) || rest_[n] == '_')) ++n;
    if (n == 0 || std::isdigit(static_cast<unsigned char>(rest_[0]))) fail("a name");
    return take(n);
  }

  /// Binary operators of a level and above; all of them group from the left.
  term operation(std::size_t level) {
    static const std::vector<std::vector<std::string_view>> levels = {{"||"},      {"&&"},     {"==", "!="},
                                                                      {"<=", "<"}, {"+", "-"}, {"*", "/"}};
    if (level == levels.size()) return prefix();
    term left = operation(level + 1);
    for (;;) {
      std::string_view found;
      for (const auto symbol : levels[level])
        if (found.empty() && accept(symbol)) found = symbol;
      if (found.empty()) return left;
      term right = operation(level + 1);
      left = {std::string(found), {std::move(left), std::move(right)}};
    }
  }

  term prefix() {
    skip_space();
    if (rest_.starts_with("--") || rest_.starts_with("++")) fail("an operand, not a decrement,");
    for (const std::string_view symbol : {"-", "!"})
      if (accept(symbol)) return {std::string(symbol), {prefix()}};
    return primary();
  }

  term primary() {
    if (accept("(")) {
      term inner = operation(0);
      expect(")");
      return inner;
    }
    if (!rest_.empty() && std::isdigit(static_cast<unsigned char>(rest_[0]))) return {number(), {}};
    std::string name = word();
    if (accept("(")) {
      term call{std::move(name), {}};
      do call.operands.push_back(operation(0));
      while (accept(","));
      expect(")");
      return call;
    }
    while (rest_.starts_with("[") || rest_.starts_with(".")) name += take(rest_[0] == '[' ? rest_.find(']') + 1 : 1);
    return {name, {}};
  }

  std::string number() {
    std::size_t n = 0;
    while (n < rest_.size() && (std::isalnum(static_cast<unsigned char>(rest_[n])) || rest_[n] == '.' ||
                                ((rest_[n] == '-' || rest_[n] == '+') && rest_[n - 1] == 'e')))
      ++n;
    return take(n);
  }

  std::string_view rest_;
};

inline program read(std::string_view text, std::size_t results = 1) { return reader(text).read(results); }

/// Carries a program out; `Algebra` says what names, numbers and operations are.
template <class Algebra>
auto carry_out(const program& p, Algebra& algebra) {
  using value = decltype(algebra.number(std::string()));
  std::map<std::string, value> defined;
  const auto evaluate = [&](const auto& self, const term& t) -> value {
    if (const auto there = defined.find(t.head); there != defined.end()) return there->second;
    if (t.operands.empty())
      return std::isdigit(static_cast<unsigned char>(t.head[0])) ? algebra.number(t.head) : algebra.name(t.head);
    std::vector<value> operands;
    for (const term& operand : t.operands) operands.push_back(self(self, operand));
    return algebra.apply(t.head, operands);
  };
  for (const auto& [name, t] : p.definitions) defined.emplace(name, evaluate(evaluate, t));
  std::vector<value> results;
  for (const term& t : p.results) results.push_back(evaluate(evaluate, t));
  return results;
}

}  // namespace reading

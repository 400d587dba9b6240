// SPDX-License-Identifier: BSL-1.0
//
// Prints what the op table says: one fact on each line, as operation, key and text with tabs between. page.py makes a
// page and tests of it.

#include <cstdio>
#include <string>
#include <string_view>
#include <tuple>
#include <utility>
#include <vector>

#include <tapeless/print/infix.hpp>
#include "table/name.hpp"
#include "table/rules.hpp"

namespace {

namespace op = tl::op;

template <class Op>
void print(const std::string& key, const std::string& text) {
  const std::string_view name = table::struct_name<Op>();
  std::printf("%.*s\t%s\t%s\n", static_cast<int>(name.size()), name.data(), key.c_str(), text.c_str());
}

/// Texts with something between them.
class joined {
 public:
  explicit joined(const char* between) : between_(between) {}
  void add(const std::string& text) { all_ += (all_.empty() ? "" : between_) + text; }
  const std::string& text() const { return all_; }

 private:
  std::string between_, all_;
};

std::string number(double x) {
  char text[32];
  std::snprintf(text, sizeof text, "%g", x);
  return x != x ? "NaN" : text;
}

/// A program as the library prints it. The order of the operands of a commutative operation is that in which the
/// compiler happened to evaluate them; here constants come first, then what has fewer operations and shorter text.
std::string text_of(tl::program& p, const char* const* names) {
  const auto text = [&](std::int32_t i) {
    const auto t = tl::detail::infix_text<double>(p.nodes.begin(), i, tl::detail::listed_names{names});
    return std::string(t.data(), t.size());
  };
  std::vector<int> operations;
  const auto rank = [&](std::int32_t i) {
    const std::string t = text(i);
    return std::tuple(!p.nodes[i].is_constant(), operations[static_cast<std::size_t>(i)], t.size(), t);
  };
  for (tl::node& n : p.nodes) {
    if (n.op->commutative && rank(n.operand[1]) < rank(n.operand[0])) std::swap(n.operand[0], n.operand[1]);
    operations.push_back(n.op->arity > 0);
    for (int k = 0; k < n.op->arity; ++k) operations.back() += operations[static_cast<std::size_t>(n.operand[k])];
  }
  return text(p.outputs[0]);
}

/// A function of the operation's arguments as text.
template <class Op, class F>
std::string recorded_text(const F& f) {
  return [&]<std::size_t... I>(std::index_sequence<I...>) {
    const auto recording = tl::detail::record<F, table::argument_type<Op, I>...>(f);
    auto program = tl::detail::without_dead_nodes(recording.nodes.nodes(), recording.outputs);
    constexpr const char* names[] = {table::argument_name<Op>(I)...};
    return text_of(program, names);
  }
  (std::make_index_sequence<Op::arity>{});
}

template <class Op>
std::string call_text() {
  const std::string name = Op::name.text;
  if (Op::written == op::notation::prefix) return name + table::argument_name<Op>(0);
  joined arguments(Op::written == op::notation::infix ? (" " + name + " ").c_str() : ", ");
  for (std::size_t i = 0; i < Op::arity; ++i) arguments.add(table::argument_name<Op>(i));
  return Op::written == op::notation::infix ? arguments.text() : name + "(" + arguments.text() + ")";
}

/// The intervals that are not the whole line; all of them as text, "all" if there are none.
template <class Op>
std::string domain_text() {
  joined sides(", ");
  for (std::size_t i = 0; i < Op::arity; ++i) {
    const auto [lower, upper] = Op::domain(i);
    const std::string name = table::argument_name<Op>(i);
    if (lower == -op::infinity && upper == op::infinity) continue;
    if (upper == op::infinity) sides.add(name + " >= " + number(lower));
    else if (lower == -op::infinity) sides.add(name + " <= " + number(upper));
    else sides.add(number(lower) + " <= " + name + " <= " + number(upper));
  }
  return sides.text().empty() ? "all" : sides.text();
}

/// (a, b), or a alone.
std::string tuple_text(const joined& items, std::size_t count) {
  return count == 1 ? items.text() : "(" + items.text() + ")";
}

template <class Op>
std::string convention_text(const tl::convention& c) {
  joined names(", "), at(", "), partial(", ");
  for (std::size_t i = 0; i < Op::arity; ++i) {
    names.add(table::argument_name<Op>(i));
    at.add(number(c.at[i]));
    if (Op::takes(i) == op::argument::number) partial.add(number(c.partial[i]));
  }
  return tuple_text(names, Op::arity) + " = " + tuple_text(at, Op::arity) + ": " +
         tuple_text(partial, laws::numbers<Op>);
}

template <class Op>
void print_row(const char* family) {
  print<Op>("family", family);
  print<Op>("call", call_text<Op>());
  joined parameters(", ");
  for (std::size_t i = 0; i < Op::arity; ++i) parameters.add(table::argument_name<Op>(i));
  print<Op>("parameters", parameters.text());
  if constexpr (table::applies<Op, table::formula_of<Op>>)
    print<Op>("formula", recorded_text<Op>(table::formula_of<Op>{}));
  [&]<std::size_t... I>(std::index_sequence<I...>) {
    const auto print_partial = [&]<std::size_t K>(tl::arg<K>) {
      if constexpr (!Op::predicate && Op::takes(K) == op::argument::number)
        print<Op>("partial " + std::to_string(K), recorded_text<Op>(table::partial_of<Op, K>{}));
    };
    (print_partial(tl::arg<I>{}), ...);
  }
  (std::make_index_sequence<Op::arity>{});
  print<Op>("domain", domain_text<Op>());
  if constexpr (table::applies<Op, table::kink_function_of<Op>>)
    print<Op>("kink", recorded_text<Op>(table::kink_function_of<Op>{}));
  if constexpr (std::is_array_v<decltype(Op::conventions)>)
    for (const tl::convention& c : Op::conventions) print<Op>("convention", convention_text<Op>(c));
  if (*Op::note) print<Op>("note", Op::note);
  if (Op::predicate) print<Op>("predicate", "");
}

template <class... Ops>
void print_family(const char* family, op::list<Ops...>) {
  (print_row<Ops>(family), ...);
}

}  // namespace

int main() {
  // clang-format off
  print_family("arithmetic",    op::arithmetic{});
  print_family("comparisons",   op::comparisons{});
  print_family("connectives",   op::connectives{});
  print_family("selection",     op::selection{});
  print_family("piecewise",     op::piecewise{});
  print_family("rounding",      op::rounding{});
  print_family("exponential",   op::exponential{});
  print_family("powers",        op::powers{});
  print_family("trigonometric", op::trigonometric{});
  print_family("hyperbolic",    op::hyperbolic{});
  print_family("special",       op::special{});
  print_family("activation",    op::activation{});
  print_family("smooth",        op::smooth{});
  print_family("definitions",   op::definitions{});
  // clang-format on
}

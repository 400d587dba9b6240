// SPDX-License-Identifier: BSL-1.0
#pragma once

#include <tapeless/print/infix.hpp>
#include <tapeless/transform/canonical.hpp>

#include "catch.hpp"
#include "reader.hpp"
#include "transform/interpreter.hpp"

// Graphs printed, and made again from what was printed.
namespace reading {

using tl::element;
using tl::value;
namespace op = tl::op;

inline constexpr const char* names[] = {"x", "y", "z", "n", "m", "b"};
inline constexpr std::size_t whole = tl::detail::longest_expression, in_steps = 0;

inline std::string printed(const tl::program_view& p, std::size_t limit = whole) {
  const auto t = tl::detail::infix_text<double>(p, tl::detail::listed_names{names}, limit);
  return {t.begin(), t.end()};
}

inline value input(tl::recorder& r, const std::string& name) {
  std::int32_t place = 0;
  while (name != names[place]) ++place;
  return {&r, r.input(place, tl::shape(place < 3 ? element::real : place < 5 ? element::integer : element::boolean))};
}

inline tl::program finished(const tl::recorder& r, const std::vector<std::int32_t>& results) {
  tl::detail::buffer<std::int32_t> outputs;
  for (const std::int32_t o : results) outputs.push_back(o);
  return tl::detail::without_dead_nodes(r.nodes(), outputs);
}

inline const tl::operation_info* find(const std::string& name, std::size_t arity) {
  const tl::operation_info* found = nullptr;
  [&]<class... Ops>(op::list<Ops...>) {
    ((name == Ops::name.text && arity == Ops::arity ? void(found = tl::detail::describe<Ops>()) : void()), ...);
  }(op::all{});
  if (!found) throw std::runtime_error("no operation " + name);
  return found;
}

/// How operations on reals and conditions become nodes: as functions are recorded; or one by one as they stand, perhaps
/// with the operands of commutative operations by age, as recording has them.
enum class making { recorded, by_age, as_it_stands };

struct graph_maker {
  making how = making::recorded;
  tl::recorder r{};

  value name(const std::string& n) { return input(r, n); }
  static value number(const std::string& n) { return std::strtod(n.c_str(), nullptr); }
  value apply(const std::string& name, const std::vector<value>& operands) {
    const auto* what = find(name, operands.size());
    if (what == &tl::detail::info<op::neg> && operands[0].is_constant()) return -operands[0].number();
    if (how == making::recorded) return what->record(r, operands.data());
    tl::node n{.op = what, .shape = tl::shape(what->predicate ? element::boolean : element::real)};
    for (std::size_t k = 0; k < operands.size(); ++k) n.operand[k] = operands[k].id_in(r);
    if (how == making::by_age && what->commutative && n.operand[1] < n.operand[0])
      std::swap(n.operand[0], n.operand[1]);
    return {&r, r.intern(n)};
  }
  tl::program finished(const std::vector<value>& results) {
    std::vector<std::int32_t> outputs;
    for (const value& v : results) outputs.push_back(v.id_in(r));
    return reading::finished(r, outputs);
  }
};

inline bool same_graph(const tl::program_view& one, const tl::program_view& other) {
  const auto first = tl::detail::canonical(one), second = tl::detail::canonical(other);
  const auto a = first.view(), b = second.view();
  bool same = a.size == b.size && a.output_count == b.output_count;
  for (std::int32_t i = 0; same && i < a.size; ++i) same = tl::detail::same_node(a[i], b[i]);
  for (std::int32_t o = 0; same && o < a.output_count; ++o) same = a.outputs[o] == b.outputs[o];
  return same;
}

/// Print, read, make a graph: the same, as one expression and in steps.
template <class Maker>
void check_graph(const tl::program& p, const Maker& maker) {
  for (const std::size_t limit : {whole, in_steps}) {
    const std::string text = printed(p.view(), limit);
    const tl::program again = maker(read(text, p.outputs.size()));
    if (!same_graph(p.view(), again.view())) FAIL(text << " is read as " << printed(again.view(), limit));
  }
}

}  // namespace reading

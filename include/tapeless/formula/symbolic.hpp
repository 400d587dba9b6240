// SPDX-License-Identifier: BSL-1.0
#pragma once

#include <tapeless/derive/program.hpp>
#include <tapeless/formula/call.hpp>

// Formulas made from formulas: derivatives and substitutions. Their maths is a program made at compile time, so they
// are simplified and shared like any other; their type is the recipe's digest.
namespace tapeless {

namespace detail {

/// A recorder whose inputs are the variables of a list, and after them the run-time numbers.
struct formula_recording {
  recorder nodes;
  buffer<bound_value> variables;
  buffer<value> numbers;

  constexpr formula_recording(const char* const* names, std::size_t count, std::int32_t carried) {
    std::int32_t place = 0;
    const auto next = [&] { return value(&nodes, nodes.input(place++, shape(element::real))); };
    for (std::size_t i = 0; i < count; ++i) variables.push_back({names[i], next()});
    for (std::int32_t i = 0; i < carried; ++i) numbers.push_back(next());
  }
  constexpr program result(const value& y) {
    buffer<std::int32_t> outputs;
    outputs.push_back(y.id_in(nodes));
    return without_dead_nodes(nodes.nodes(), outputs);
  }
};

/// The derivative of a formula with respect to a variable; a formula of the same variables.
template <class F, variable_name V>
struct derivative_recipe {
  using names = variables_of<F>;
  static constexpr std::int32_t carried = F::key.carried;
  static constexpr std::uint64_t digest = mixed(mixed(11, F::key.digest), hash_of(V.text));
  static constexpr void describe_in(key_text& t) {
    t << "d/d" << V.text << '(';
    t.operand(F::key, false) << ')';
  }
  static constexpr program make() {
    formula_recording all(names::texts, names::size, carried);
    const value y = formula_reader(all.nodes, all.variables, all.numbers).read(node_of_formula<F>);
    const std::int32_t place = static_cast<std::int32_t>(names::find(V));
    return gradient_of(all.result(y).view(), &place, 1, false);
  }
};

/// A formula in which formulas stand for some of the variables.
template <class F, class Replaced, class... G>
struct substitution_recipe {
  static constexpr std::int32_t carried = (F::key.carried + ... + G::key.carried);
  static constexpr std::uint64_t digest = [] {
    std::uint64_t hash = mixed(12, F::key.digest);
    for (const char* const* name = Replaced::texts; *name; ++name) hash = mixed(hash, hash_of(*name));
    ((hash = mixed(hash, G::key.digest)), ...);
    return hash;
  }();
  static constexpr void describe_in(key_text& t) {
    t.operand(F::key, true) << '[';
    std::size_t i = 0;
    ((t << Replaced::texts[i++] << " = ", t.operand(G::key, false) << (i < Replaced::size ? ", " : "]")), ...);
  }

  /// The variables of the result: those of F, or in their place those of what replaces them.
  static constexpr buffer<const char*> list() {
    buffer<const char*> all;
    const auto add = [&](const char* name) {
      for (const char* there : all)
        if (same_text(there, name)) return;
      all.push_back(name);
    };
    const buffer<const char*> inner[] = {list_variables(node_of_formula<G>)...};
    for (const char* name : list_variables(node_of_formula<F>)) {
      const std::size_t at = Replaced::find(variable_name(name));
      if (at == Replaced::size) add(name);
      else
        for (const char* its : inner[at]) add(its);
    }
    return all;
  }
  static constexpr std::size_t count = list().size();
  template <std::size_t... I>
  static auto listed(std::index_sequence<I...>) -> name_list<variable_name(list()[I])...>;
  using names = decltype(listed(std::make_index_sequence<count>{}));

  static constexpr program make() {
    formula_recording all(names::texts, names::size, carried);
    std::size_t used = static_cast<std::size_t>(F::key.carried);
    const auto read = [&](const formula_node& node) {
      buffer<value> its_numbers;
      while (static_cast<std::int32_t>(its_numbers.size()) < node.carried) its_numbers.push_back(all.numbers[used++]);
      return formula_reader(all.nodes, all.variables, its_numbers).read(node);
    };
    const value inner[] = {read(node_of_formula<G>)...};
    buffer<bound_value> variables;
    for (std::size_t i = 0; i < Replaced::size; ++i) variables.push_back({Replaced::texts[i], inner[i]});
    for (const bound_value& v : all.variables) variables.push_back(v);
    return all.result(formula_reader(all.nodes, variables, all.numbers).read(node_of_formula<F>));
  }
};

/// A formula whose numbers are known at compile time.
template <auto F>
struct fixed_recipe {
  using own = formula_t<std::remove_const_t<decltype(F)>>;
  using names = variables_of<own>;
  static constexpr std::int32_t carried = 0;
  static constexpr std::uint64_t digest = [] {
    std::uint64_t hash = mixed(13, own::key.digest);
    for (const double number : F.numbers) hash = mixed(hash, std::bit_cast<std::uint64_t>(number));
    return hash;
  }();
  static constexpr void describe_in(key_text& t) { t.operand(own::key, false); }
  static constexpr program make() {
    formula_recording all(names::texts, names::size, 0);
    for (const double number : F.numbers) all.numbers.push_back(value(number));
    return all.result(formula_reader(all.nodes, all.variables, all.numbers).read(node_of_formula<own>));
  }
};

template <class Recipe>
inline constexpr formula_block block_of{frozen<Recipe, 1024, 1>().view(), Recipe::names::texts,
                                        static_cast<std::int32_t>(Recipe::names::size)};

template <class Recipe>
struct block_structure {
  static constexpr formula_key key() {
    formula_key k{.digest = Recipe::digest, .carried = Recipe::carried};
    key_text t;
    Recipe::describe_in(t);
    t.into(k);
    return k;
  }
  template <formula_key K>
  static constexpr formula_node node() {
    return {.kind = formula_node::leaf::block, .digest = K.digest, .carried = K.carried, .block = &block_of<Recipe>};
  }
};

}  // namespace detail

/// The derivative of a formula with respect to one variable after the other, as a formula of the same variables.
///
///     derivative(f, x) = df/dx,   derivative(f, x, x, y) = d^3 f / dx^2 dy
///
/// Symbolic: simplified, shared, and differentiable in its turn. A variable that the formula lacks is a compile error.
///
///     static_assert(tl::derivative(x * x * y, x)(x = 3.0, y = 2.0) == 12);
template <class F, label Name, label... More>
requires detail::Formula<F>
constexpr auto derivative(const F& f, const variable<Name>&, const variable<More>&... more) {
  using detail::variable_name;
  using own = detail::formula_t<F>;
  if constexpr (detail::variables_of<F>::find(variable_name(Name.text)) == detail::variables_of<F>::size) {
    return detail::no_such_variable<Name>(f);
  } else {
    auto d = detail::make_formula<detail::block_structure<detail::derivative_recipe<own, variable_name(Name.text)>>>();
    if constexpr (own::key.carried > 0)
      for (std::size_t i = 0; i < detail::carried_by<own>; ++i) d.numbers[i] = f.numbers[i];
    if constexpr (sizeof...(More) > 0) return derivative(d, more...);
    else return d;
  }
}

/// A formula with its numbers in its type instead of in the object, so that they take part in simplification.
///
///     constexpr auto f = 2.0 * (0.5 * x);          // sizeof(f) == 16: two numbers
///     tl::fixed<f>(3.0) == 3, sizeof(tl::fixed<f>) == 1
template <auto F>
inline constexpr auto fixed = [] {
  if constexpr (std::remove_const_t<decltype(F)>::key.carried == 0) return F;
  else return detail::make_formula<detail::block_structure<detail::fixed_recipe<F>>>();
}();

/// A formula with other formulas, or numbers, in the place of some variables, all at once.
///
///     substitute(x * y, x = y, y = x + 1.0)   ==   y * (x + 1.0)
template <class F, label... Names, class... G>
requires detail::Formula<F>
constexpr auto substitute(const F& f, const binding<Names, G>&... by) {
  using detail::variable_name;
  using own = detail::formula_t<F>;
  const auto lacking = [&]<label Name>(std::type_identity<variable<Name>>) {
    if constexpr (detail::variables_of<F>::find(variable_name(Name.text)) == detail::variables_of<F>::size)
      static_cast<void>(detail::no_such_variable<Name>(f));
  };
  (lacking(std::type_identity<variable<Names>>{}), ...);
  return [&](const auto&... inner) {
    auto replaced = detail::make_formula<detail::block_structure<detail::substitution_recipe<
        own, detail::name_list<variable_name(Names.text)...>, std::remove_cvref_t<decltype(inner)>...>>>();
    if constexpr (replaced.key.carried > 0) {
      std::size_t next = 0;
      const auto append = [&](const auto& part) {
        if constexpr (std::remove_cvref_t<decltype(part)>::key.carried > 0)
          for (const double number : part.numbers) replaced.numbers[next++] = number;
      };
      append(static_cast<const own&>(f));
      (append(inner), ...);
    }
    return replaced;
  }(detail::as_formula<op::argument::number>(by.value)...);
}

}  // namespace tapeless

// SPDX-License-Identifier: BSL-1.0
#pragma once

#include <tapeless/derive/sparsity.hpp>

namespace tapeless {

/// The filled entries of a matrix, row by row: compressed sparse rows, with index arrays that are constants of the
/// type.
///
/// Row i has the entries `values[k]`, in the columns `column[k]`, for k from `row_start[i]` to before `row_start[i +
/// 1]`.
template <class T, auto const& Pattern>
struct sparse_matrix {
  using value_type = T;
  static constexpr std::size_t rows() { return Pattern.rows(); }
  static constexpr std::size_t columns() { return Pattern.columns(); }
  static constexpr std::size_t nonzeros() { return filled; }

 private:
  static constexpr std::size_t filled = Pattern.nonzeros();

 public:
  std::array<T, filled> values;

  static constexpr std::array<int, Pattern.rows() + 1> row_start = [] {
    std::array<int, Pattern.rows() + 1> start{};
    for (std::size_t row = 0; row < Pattern.rows(); ++row) {
      start[row + 1] = start[row];
      for (std::size_t place = 0; place < Pattern.columns(); ++place) start[row + 1] += Pattern(row, place);
    }
    return start;
  }();
  static constexpr std::array<int, filled> column = [] {
    std::array<int, filled> columns_of_entries{};
    std::size_t next = 0;
    for (std::size_t row = 0; row < Pattern.rows(); ++row)
      for (std::size_t place = 0; place < Pattern.columns(); ++place)
        if (Pattern(row, place)) columns_of_entries[next++] = static_cast<int>(place);
    return columns_of_entries;
  }();

  constexpr T operator()(std::size_t i, std::size_t j) const {
    for (int k = row_start[i]; k < row_start[i + 1]; ++k)
      if (column[static_cast<std::size_t>(k)] == static_cast<int>(j)) return values[static_cast<std::size_t>(k)];
    return T(0);
  }
  constexpr auto dense() const {
    mat<T, Pattern.rows(), Pattern.columns()> all{};
    for (std::size_t i = 0; i < rows(); ++i)
      for (int k = row_start[i]; k < row_start[i + 1]; ++k)
        all(i, static_cast<std::size_t>(column[static_cast<std::size_t>(k)])) = values[static_cast<std::size_t>(k)];
    return all;
  }
};

namespace detail {

/// The program of a derivative, less the entries that are zero.
template <class Derivative, class... A>
struct sparse_maker {
  using whole = program_of<Derivative, A...>;
  static constexpr layout<A...> arguments{};
  static constexpr std::size_t outputs = pattern_of<Derivative, A...>.nonzeros();
  static constexpr std::size_t guess = whole::graph.size;
  static constexpr program make() {
    buffer<std::int32_t> filled;
    for (std::size_t entry = 0; entry < whole::outputs; ++entry)
      if (pattern_of<Derivative, A...>.filled[entry]) filled.push_back(whole::graph.outputs[entry]);
    buffer<node> nodes(whole::graph.size);
    for (std::size_t i = 0; i < whole::graph.size; ++i) nodes[i] = whole::graph.nodes[i];
    return without_dead_nodes(nodes, filled);
  }
};

}  // namespace detail

/// The function object that `sparse` returns.
template <class Derivative>
struct sparse_function {
  template <class... A>
  [[gnu::always_inline]] constexpr auto operator()(const A&... x) const {
    using scalar = typename detail::joint_real<detail::met_t<detail::is_recorded<A...>, A>...>::type;
    sparse_matrix<scalar, detail::pattern_of<Derivative, detail::plain_t<A>...>> m;
    if constexpr (m.nonzeros() > 0) {
      using derived = detail::derived_program<detail::sparse_maker<Derivative, detail::plain_t<A>...>>;
      detail::run_derived<derived, scalar, false>(m.values, x...);
    }
    return m;
  }

  /// Writes the filled entries, row by row, into any array of as many.
  template <class Values, class... A>
  [[gnu::always_inline]] constexpr void into(Values&& values, const A&... x) const {
    using derived = detail::derived_program<detail::sparse_maker<Derivative, detail::plain_t<A>...>>;
    static_assert(detail::real_scalars<std::remove_cvref_t<Values>>::all.reals == derived::outputs,
                  "tapeless: the storage for a sparse matrix has a place for each entry that may differ from zero");
    detail::run_derived<derived, typename detail::joint_real<A...>::type, true>(values, x...);
  }
};

/// A Jacobian or Hessian without the entries that are zero for every argument.
///
///     sparse(jacobian(f))(x).values        the others, row by row; where they belong is part of the type
///
/// `f`'s graph tells which they are (`sparsity`); they are computed one by one, so no colouring is needed.
///
///     constexpr auto chain = [](const auto& x) { return std::array{x[0] * x[1], x[1] * x[2]}; };
///     constexpr auto j = tl::sparse(tl::jacobian(chain))(std::array{2.0, 3.0, 4.0});
///     static_assert(j.values == std::array{3.0, 2.0, 4.0, 3.0} && j.column == std::array{0, 1, 1, 2});
template <class Derivative>
constexpr sparse_function<Derivative> sparse(const Derivative&) {
  return {};
}

}  // namespace tapeless

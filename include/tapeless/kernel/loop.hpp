// SPDX-License-Identifier: BSL-1.0
#pragma once

#include <tapeless/kernel/plan.hpp>
#include <tapeless/kernel/product.hpp>
#include <tapeless/lanes/lanes_operation.hpp>
#include <tapeless/run/emit.hpp>

// A loop of a plan: its program runs on as many elements at a time as there are lanes, on the rest with lanes that
// repeat the last element.
namespace tapeless::detail {

/// The lanes for runs of `count` elements.
template <class T>
constexpr std::size_t lanes_for(std::size_t count) {
  return count < default_lanes<T> ? std::bit_floor(count) : default_lanes<T>;
}

template <class T, std::size_t W>
struct scalar_of_loop {
  using type = lanes<T, W>;
};
template <class T>
struct scalar_of_loop<T, 1> {
  using type = T;
};

template <class X>
inline constexpr std::size_t width_of_scalar = 1;
template <class T, std::size_t W>
inline constexpr std::size_t width_of_scalar<lanes<T, W>> = W;
template <class X, class E>
inline constexpr bool is_lanes_of = false;
template <class T, std::size_t W>
inline constexpr bool is_lanes_of<lanes<T, W>, T> = true;

/// `Count` elements, the last of them as often as there are lanes left.
template <class X, std::size_t Count, class E>
[[gnu::always_inline]] constexpr X read_elements(const E* from) {
  constexpr std::size_t width = width_of_scalar<X>;
  if constexpr (width == 1) {
    return static_cast<X>(*from);
  } else {
    X x;
    if constexpr (Count == width && is_lanes_of<X, E>)
      if (!std::is_constant_evaluated()) {
        load_lanes(x, from);
        return x;
      }
    for (std::size_t k = 0; k < width; ++k)
      x.set(k, static_cast<std::remove_cvref_t<decltype(x[k])>>(from[k < Count ? k : Count - 1]));
    return x;
  }
}
template <std::size_t Count, class X, class E>
[[gnu::always_inline]] constexpr void write_elements(E* to, const X& x) {
  if constexpr (width_of_scalar<X> == 1) {
    *to = static_cast<E>(x);
  } else {
    if constexpr (Count == width_of_scalar<X>)
      if (!std::is_constant_evaluated()) {
        store_lanes(to, x);
        return;
      }
    for (std::size_t k = 0; k < Count; ++k) to[k] = x[k];
  }
}

template <bool Largest, class X>
[[gnu::always_inline]] constexpr X merged(const X& a, const X& b) {
  if constexpr (Largest) return tapeless::apply<op::max>(a, b);
  else return a + b;
}

/// The elements that the lanes of a reduction have come to, together.
template <bool Largest, class X>
[[gnu::always_inline]] constexpr auto together(const X& x) {
  if constexpr (width_of_scalar<X> == 1) {
    return x;
  } else {
    X sum = x;
    for (std::size_t half = width_of_scalar<X> / 2; half > 0; half /= 2)
      for (std::size_t k = 0; k < half; ++k) sum.set(k, merged<Largest>(sum[k], sum[k + half]));
    return sum[0];
  }
}
template <class Planned, std::size_t S, class T>
struct loop {
  static constexpr planned_step step = Planned::plan.steps[S];
  static constexpr std::size_t inner = step.inner, middle = step.middle, runs = step.size / step.inner;
  static constexpr std::size_t width = has_kernels<T> ? lanes_for<T>(inner) : 1;
  static constexpr std::size_t tail = inner % width;
  using scalar = typename scalar_of_loop<T, width>::type;

  static constexpr planned_access access(std::size_t k) { return Planned::plan.accesses[step.first_access + k]; }
  static constexpr planned_result result(std::size_t k) { return Planned::plan.results[step.first_output + k]; }

  /// The loop's program, whose inputs and results are addressed by their numbers.
  static constexpr auto addresses = [] {
    struct {
      address input[step.accesses + 1]{}, result[step.outputs + 1]{};
    } all;
    for (std::size_t place = 0; place < step.accesses; ++place) all.input[place].run = static_cast<std::int32_t>(place);
    for (std::size_t place = 0; place < step.outputs; ++place) all.result[place].run = static_cast<std::int32_t>(place);
    return all;
  }();
  static constexpr schedule plan(std::size_t) {
    const program_view p{Planned::plan.nodes + step.first_node, static_cast<std::int32_t>(step.nodes),
                         Planned::plan.outputs + step.first_output, static_cast<std::int32_t>(step.outputs)};
    return make_schedule(p, addresses.input, addresses.result, 1,
                         step.in_place ? arrangement::in_one_block : arrangement::as_made);
  }

  /// What is asked for each element: one number each, which compilers find in a table where they do not find that of a
  /// structure.
  static constexpr auto kinds = [] {
    struct {
      access_kind of_input[step.accesses + 1]{};
      result_kind of_result[step.outputs + 1]{};
      bool largest[step.outputs + 1]{};
      std::size_t sums = 0;  // that lanes hold, the largest of some among them
    } all;
    for (std::size_t place = 0; place < step.accesses; ++place) all.of_input[place] = access(place).kind;
    for (std::size_t place = 0; place < step.outputs; ++place)
      all.of_result[place] = result(place).kind, all.largest[place] = result(place).largest,
      all.sums += result(place).kind == result_kind::all || result(place).kind == result_kind::inner;
    return all;
  }();

  /// Where a loop stands: `place` of the first lane, in run `run`.
  template <std::size_t Count>
  struct reader {
    const T* const* from;
    const long long* const* data;
    std::size_t run, place;

    template <class X, element K>
    [[gnu::always_inline]] constexpr auto get(address a) const {
      using kept = std::conditional_t<K == element::real, X, typename whole_number<X>::type>;
      const std::size_t k = static_cast<std::size_t>(a.run);
      const access_kind kind = kinds.of_input[k];
      const std::size_t at = kind == access_kind::full     ? run * inner + place
                             : kind == access_kind::row    ? place
                             : kind == access_kind::block  ? run / middle * inner + place
                             : kind == access_kind::column ? run
                                                           : 0;
      const bool each = kind == access_kind::full || kind == access_kind::row || kind == access_kind::block;
      const auto take = [&](const auto* elements) __attribute__((always_inline)) {
        return each ? read_elements<kept, Count>(elements + at) : kept(elements[at]);
      };
      if constexpr (K == element::real) return take(from[k]);
      else if constexpr (K == element::integer) return take(data[k]);
      else return static_cast<typename condition<X>::type>(take(data[k]) != 0);
    }
  };

  template <std::size_t Count>
  struct writer {
    T* const* to;
    scalar* sums;
    std::size_t run, place;
    bool first_of_all;

    [[gnu::always_inline]] constexpr void set(address a, const auto& value) const {
      const std::size_t k = static_cast<std::size_t>(a.run);
      const result_kind kind = kinds.of_result[k];
      const bool largest = kinds.largest[k];
      const auto x = scalar(value);
      if (kind == result_kind::store) {
        write_elements<Count>(to[k] + run * inner + place, x);
      } else if (kind == result_kind::outer || kind == result_kind::middle) {
        const bool by_block = kind == result_kind::middle;
        T* const sum = to[k] + (by_block ? run / middle * inner : 0) + place;
        if (by_block ? run % middle == 0 : run == 0) write_elements<Count>(sum, x);
        else write_elements<Count>(sum, merge(largest, read_elements<scalar, Count>(sum), x));
      } else if constexpr (Count == width) {
        const bool first = largest && (kind == result_kind::inner ? place == 0 : first_of_all);
        sums[k] = first ? x : merge(largest, sums[k], x);
      } else {
        scalar rest = sums[k];  // only so many lanes count
        for (std::size_t lane = 0; lane < Count; ++lane) rest.set(lane, merge(largest, rest[lane], x[lane]));
        sums[k] = rest;
      }
    }
    template <class X>
    [[gnu::always_inline]] static constexpr X merge(bool largest, const X& a, const X& b) {
      return largest ? merged<true>(a, b) : merged<false>(a, b);
    }
  };

  /// Sums for which there are no registers: otherwise GCC moves them from one place on the stack to another each time.
  [[gnu::always_inline]] static void stays_in_memory(scalar* sums) {
    asm volatile("" : "+m"(*reinterpret_cast<scalar(*)[step.outputs]>(sums)));
  }

  template <std::size_t Count>
  [[gnu::always_inline]] static constexpr void once(const T* const* from, const long long* const* data, T* const* to,
                                                    scalar* sums, std::size_t run, std::size_t place) {
    using program_code = emitter<code_of<loop, 1, step.nodes, step.outputs>(), scalar>;
    program_code::run(reader<Count>{from, data, run, place},
                      writer<Count>{to, sums, run, place, run == 0 && place == 0});
    if constexpr (kinds.sums > register_count / 2)
      if (!std::is_constant_evaluated()) stays_in_memory(sums);
  }

  /// Sums begin with 0, so that no branch asks for the first of their terms; the largest of some is one of them.
  [[gnu::always_inline]] static constexpr void start_run(scalar* sums) {
    for (std::size_t k = 0; k < step.outputs; ++k)
      if (kinds.of_result[k] == result_kind::inner && !kinds.largest[k]) sums[k] = scalar(T(0));
  }

  static constexpr void finish(result_kind kind, T* const* to, const scalar* sums, std::size_t run) {
    [&]<std::size_t... K>(std::index_sequence<K...>) __attribute__((always_inline)) {
      (finish_one<K>(kind, to, sums, run), ...);
    }
    (std::make_index_sequence<step.outputs>{});
  }
  template <std::size_t K>
  [[gnu::always_inline]] static constexpr void finish_one(result_kind kind, T* const* to, const scalar* sums,
                                                          std::size_t run) {
    constexpr planned_result r = result(K);
    if constexpr (r.kind == result_kind::all || r.kind == result_kind::inner)
      if (r.kind == kind) to[K][kind == result_kind::inner ? run : 0] = together<r.largest>(sums[K]);
  }

  template <class Context>
  static constexpr void run(const Context& context) {
    const T* from[step.accesses + 1];
    const long long* data[step.accesses + 1];
    T* to[step.outputs + 1];
    scalar sums[step.outputs + 1]{};
    [&]<std::size_t... K>(std::index_sequence<K...>) __attribute__((always_inline)) {
      ((from[K] = context.template source<access(K).from>(), data[K] = context.template data<access(K).from>()), ...);
    }
    (std::make_index_sequence<step.accesses>{});
    [&]<std::size_t... K>(std::index_sequence<K...>) __attribute__((always_inline)) {
      ((to[K] = context.template target<result(K).to>()), ...);
    }
    (std::make_index_sequence<step.outputs>{});
    for (std::size_t run = 0; run < runs; ++run) {
      start_run(sums);
      for (std::size_t place = 0; place + width <= inner; place += width) once<width>(from, data, to, sums, run, place);
      if constexpr (tail != 0) once<tail>(from, data, to, sums, run, inner - tail);
      finish(result_kind::inner, to, sums, run);
    }
    finish(result_kind::all, to, sums, 0);
  }
};

}  // namespace tapeless::detail

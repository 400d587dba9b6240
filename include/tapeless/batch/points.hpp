// SPDX-License-Identifier: BSL-1.0
#pragma once

#include <span>  // std::data, std::size, too

#include <tapeless/derive/selection.hpp>
#include <tapeless/lanes/lanes_operation.hpp>

// How a program on lanes reaches numbers that belong to several points: at equal distances in memory.
namespace tapeless {

namespace detail {

template <class X>
struct uniform_argument {
  const X& value;
};

template <class X>
inline constexpr bool is_uniform_argument = false;
template <class X>
inline constexpr bool is_uniform_argument<uniform_argument<X>> = true;

/// One value for each point, side by side: spans, arrays, vectors.
template <class R>
concept Points = !is_uniform_argument<R> && !Scalar<R> && requires(R & r) {
  std::data(r);
  std::size(r);
};

/// The type of a function's argument, given what was given for all points.
template <class R>
struct point_of {
  using type = R;
};
template <class X>
struct point_of<uniform_argument<X>> {
  using type = X;
};
template <Points R>
struct point_of<R> {
  using type = std::remove_cvref_t<decltype(*std::data(std::declval<R&>()))>;
};
template <class R>
using point_t = typename point_of<std::remove_cvref_t<R>>::type;

/// The number of points, where the type of their range says it.
template <class R>
inline constexpr std::size_t static_count = 0;
template <Points R>
inline constexpr std::size_t static_count<R> = array_extent<R>;

template <class... N>
constexpr std::size_t largest(N... counts) {
  std::size_t most = 0;
  ((most = counts > most ? counts : most), ...);
  return most;
}

/// The argument of one point.
template <class R>
[[gnu::always_inline]] constexpr const auto& at_point(const R& r, [[maybe_unused]] std::size_t i) {
  if constexpr (Points<R>) return r.data()[i];
  else return r.value;
}

/// What was given for an argument, as a span or as the one value for all points.
template <class R>
constexpr auto as_points(const R& r) {
  if constexpr (Points<R>) return std::span<const point_t<R>>(std::data(r), std::size(r));
  else if constexpr (is_uniform_argument<R>) return r;
  else return uniform_argument<R>{r};
}

/// What is known at compile time of the numbers and the data of arguments `R...`.
template <class... R>
struct point_layout {
  static constexpr auto count = real_scalars<point_t<R>...>::all;
  std::size_t stride[count.runs + 1]{};  // bytes from one point to the next; 0 if all have the same

  constexpr point_layout() {
    [[maybe_unused]] std::size_t run = 0;
    (for_each_run_of_type<point_t<R>>([&]<class S>(std::type_identity<S>, auto) {
       if (Real<S>) stride[run++] = Points<R> ? sizeof(point_t<R>) : 0;
     }),
     ...);
  }
};

template <class T, class R>
constexpr bool check_points() {
  using A = point_t<R>;
  static_assert(check_structure<A>());
  if constexpr (Points<R>) {
    static_assert(!is_view<A>, "tapeless: the points of a batch hold their numbers; they are not spans");
    static_assert(real_scalars<A>::all.data == 0,
                  "tapeless: data (integers, bools, enums) is the same for all points of a batch; pass it as an "
                  "argument of its own, not as part of the points");
    static_assert(is_uniform<T, A>() || real_scalars<A>::all.data > 0,
                  "tapeless: the points of a batch hold numbers of one type, float or double");
  }
  return true;
}

/// The arguments of W points as lanes of T.
template <class T, std::size_t W, class... R>
class point_inputs {
  static constexpr point_layout<R...> layout{};
  static constexpr auto count = layout.count;
  static constexpr std::size_t converted = count.reals + 1;

 public:
  explicit point_inputs(const R&... arguments) {
    [[maybe_unused]] std::size_t run = 0, data = 0, copied = 0;
    (for_each_run(at_point(arguments, 0),
                  [&](auto* first, auto extent) {
                    using S = std::remove_cvref_t<decltype(*first)>;
                    if constexpr (!Real<S>) {
                      for (std::size_t i = 0; i < extent; ++i) data_[data++] = static_cast<long long>(first[i]);
                    } else if constexpr (std::is_same_v<S, T>) {
                      runs_[run++] = reinterpret_cast<const char*>(first);
                    } else {  // of an argument that is the same for all points
                      runs_[run++] = reinterpret_cast<const char*>(&copy_[copied]);
                      for (std::size_t i = 0; i < extent; ++i) copy_[copied++] = static_cast<T>(first[i]);
                    }
                  }),
     ...);
  }
  point_inputs(const point_inputs&) = delete;
  void operator=(const point_inputs&) = delete;

  [[gnu::always_inline]] void advance() {
    for (std::size_t run = 0; run < count.runs; ++run) runs_[run] += W * layout.stride[run];
  }

  template <class Compute, element K>
  [[gnu::always_inline]] auto get(address a) const {
    if constexpr (K == element::real) {
      return gathered(runs_[a.run] + static_cast<std::size_t>(a.offset) * sizeof(T), layout.stride[a.run]);
    } else if constexpr (K == element::integer) {
      return typename Compute::whole_type(data_[a.offset]);
    } else {
      return typename Compute::mask_type(data_[a.offset] != 0);
    }
  }

 private:
  [[gnu::always_inline]] static T number(const char* at) {
    T result;
    __builtin_memcpy(&result, at, sizeof result);
    return result;
  }
  [[gnu::always_inline]] static lanes<T, W> gathered(const char* first, std::size_t stride) {
    using vectors = vector_in<T, W>;
    using vector = typename vectors::type;
    if (stride == 0) return lanes<T, W>(number(first));
    lanes<T, W> result;
    const auto one = [&](std::size_t place) __attribute__((always_inline)) {
      const char* const from = first + place * vectors::width * stride;
      vector v;
      if (stride == sizeof(T)) __builtin_memcpy(&v, from, sizeof v);
      else
        v = vector_from<vector>([&](auto lane) __attribute__((always_inline)) { return number(from + lane * stride); });
      put_vector(result, place, v);
    };
    [&]<std::size_t... Place>(std::index_sequence<Place...>) __attribute__((always_inline)) { (one(Place), ...); }
    (std::make_index_sequence<vectors::count>{});
    return result;
  }

  const char* runs_[count.runs + 1];
  long long data_[count.data + 1];
  T copy_[converted];
};

/// Where the results of W points go: run 0 holds their values, if they are wanted, and the others the real runs of
/// their gradients.
template <class T, std::size_t W, class... R>
class point_outputs {
  static constexpr point_layout<R...> layout{};

 public:
  template <class... Into>
  explicit point_outputs(T* values, const Into&... results) : values_(values) {
    [[maybe_unused]] std::size_t run = 0;
    (for_each_run(*std::data(results),
                  [&](auto* first, auto) {
                    if constexpr (std::is_same_v<std::remove_cvref_t<decltype(*first)>, T>)
                      runs_[run++] = reinterpret_cast<char*>(first);
                  }),
     ...);
  }

  [[gnu::always_inline]] void advance() {
    if (values_) values_ += W;
    for (std::size_t run = 0; run < layout.count.runs; ++run) runs_[run] += W * layout.stride[run];
  }

  [[gnu::always_inline]] void set(address a, const auto& v) const {
    const lanes<T, W> numbers(v);
    if (a.run == 0) {
      scatter(reinterpret_cast<char*>(values_), sizeof(T), numbers);
    } else {
      const auto run = static_cast<std::size_t>(a.run) - 1;
      scatter(runs_[run] + static_cast<std::size_t>(a.offset) * sizeof(T), layout.stride[run], numbers);
    }
  }

 private:
  [[gnu::always_inline]] static void scatter(char* first, std::size_t stride, const lanes<T, W>& numbers) {
    using vectors = vector_in<T, W>;
    const auto one = [&](std::size_t place) __attribute__((always_inline)) {
      char* const to = first + place * vectors::width * stride;
      const auto v = get_vector(numbers, place);
      if (stride == sizeof(T)) __builtin_memcpy(to, &v, sizeof v);
      else [&]<std::size_t... Lane>(std::index_sequence<Lane...>) __attribute__((always_inline)) {
          (put(to + Lane * stride, v[Lane]), ...);
        }
      (std::make_index_sequence<vectors::width>{});
    };
    [&]<std::size_t... Place>(std::index_sequence<Place...>) __attribute__((always_inline)) { (one(Place), ...); }
    (std::make_index_sequence<vectors::count>{});
  }
  [[gnu::always_inline]] static void put(char* at, T number) { __builtin_memcpy(at, &number, sizeof number); }

  T* values_;
  char* runs_[layout.count.runs + 1];
};

}  // namespace detail

/// An argument that all points of a batch share, though it is an array: for numbers, tuples and structs this goes
/// without saying.
///
///     tl::batch(tl::gradient(f, tl::wrt<0>)).into(slopes, points, tl::uniform(weights));
template <class X>
constexpr detail::uniform_argument<X> uniform(const X& x) {
  return {x};
}

}  // namespace tapeless

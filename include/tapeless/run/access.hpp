// SPDX-License-Identifier: BSL-1.0
#pragma once

#include <tapeless/run/emit.hpp>
#include <tapeless/trace/structure.hpp>

// How a program reaches the scalars of its arguments and results: through one pointer for each run, at offsets known at
// compile time.
namespace tapeless::detail {

template <class S>
concept Real = std::is_floating_point_v<S> ||
    (enable_operand<S> && (!Recorded<S> || std::is_floating_point_v<recorded_scalar_t<S>>));

/// The types of the real scalars of some arguments, joined; void when there are none.
template <class... A>
struct real_scalars {
  static constexpr auto all = [] {
    struct {
      std::size_t leaves = 0, reals = 0, runs = 0, data = 0;
    } total;
    (for_each_run_of_type<A>([&]<class S>(std::type_identity<S>, auto count) {
       total.leaves += count;
       (Real<S> ? total.reals : total.data) += count;
       total.runs += Real<S>;
     }),
     ...);
    return total;
  }();
};

/// The address of every scalar of the arguments `A...`, and the numbers of the real ones among them.
template <class... A>
struct layout {
  static constexpr auto count = real_scalars<A...>::all;
  address of[count.leaves + 1]{};
  bool real[count.leaves + 1]{};
  std::size_t argument[count.leaves + 1]{};

  constexpr layout() {
    std::size_t leaf = 0, which = 0;
    std::int32_t run = 0, data = 0;
    ((for_each_run_of_type<A>([&]<class S>(std::type_identity<S>, auto extent) {
        for (std::size_t place = 0; place < extent; ++place, ++leaf) {
          of[leaf] = Real<S> ? address{run, static_cast<std::int32_t>(place)} : address{0, data++};
          real[leaf] = Real<S>;
          argument[leaf] = which;
        }
        run += Real<S>;
      }),
      ++which),
     ...);
  }
};

/// The real scalar type of arguments; the widest where they differ.
template <class... A>
struct joint_real {
  template <class X>
  static constexpr auto of() {
    using S = std::remove_cvref_t<X>;
    if constexpr (Scalar<S>) return std::type_identity<std::conditional_t<Real<S>, S, void>>{};
    else if constexpr (Matrix<S>) return of<typename S::value_type>();
    else if constexpr (ArrayLike<S>) return of<decltype(std::declval<S&>()[0])>();
    else if constexpr (StaticConstant<S>) return std::type_identity<void>{};
    else return []<std::size_t... I>(std::index_sequence<I...>) {
        return std::type_identity<typename joint_type<
            void, typename decltype(of<decltype(detail::member<I>(std::declval<S&>()))>())::type...>::type>{};
      }
    (std::make_index_sequence<member_count<S>()>{});
  }
  using type = typename joint_type<void, typename decltype(of<A>())::type...>::type;
};

/// Whether all real scalars have type T, so that runs can be read and written where they lie.
template <class T, class... A>
constexpr bool is_uniform() {
  bool uniform = true;
  (for_each_run_of_type<A>(
       [&]<class S>(std::type_identity<S>, auto) { uniform = uniform && (!Real<S> || std::is_same_v<S, T>); }),
   ...);
  return uniform;
}

/// The arguments of a call as runs of `T`. Where an argument has another real type its scalars are converted into a
/// copy.
template <class T, class... A>
class inputs {
  static constexpr auto count = real_scalars<A...>::all;
  static constexpr bool uniform = is_uniform<T, A...>();

 public:
  [[gnu::always_inline]] constexpr explicit inputs(const A&... arguments) {
    std::size_t run = 0, data = 0, copied = 0;
    (for_each_run(
         arguments,
         [&](auto* first, auto extent) __attribute__((always_inline)) {
           using S = std::remove_cvref_t<decltype(*first)>;
           if constexpr (!Real<S>) {
             for (std::size_t place = 0; place < extent; ++place) data_[data++] = static_cast<long long>(first[place]);
           } else if constexpr (std::is_same_v<S, T>) {
             runs_[run++] = first;
           } else {
             runs_[run++] = &copy_[copied];
             for (std::size_t place = 0; place < extent; ++place) copy_[copied++] = static_cast<T>(first[place]);
           }
         }),
     ...);
  }

  template <class Compute, element K>
  [[gnu::always_inline]] constexpr auto get(address a) const {
    if constexpr (K == element::real) return static_cast<Compute>(runs_[a.run][a.offset]);
    else if constexpr (K == element::pack) return pack<T, pack_width<T>>::read(runs_[a.run] + a.offset);
    else if constexpr (K == element::integer) return static_cast<typename whole_number<Compute>::type>(data_[a.offset]);
    else return static_cast<typename condition<Compute>::type>(data_[a.offset] != 0);
  }

  /// The first number of a run of reals, and of all data.
  [[gnu::always_inline]] constexpr const T* real_run(std::int32_t i) const { return runs_[i]; }
  [[gnu::always_inline]] constexpr const long long* whole_numbers() const { return data_; }

 private:
  const T* runs_[count.runs + 1];
  long long data_[count.data + 1];
  T copy_[uniform ? 1 : count.reals + 1];
};

/// Tells GCC that a number just stored is final. It would otherwise gather scalar stores into vectors, at more cost
/// than it saves (GCC 12: ten instructions more for five greeks); what is worth packing has been packed.
template <class T>
[[gnu::always_inline]] constexpr void keep_scalar([[maybe_unused]] T& stored) {
  if constexpr (is_gcc)
    if (!std::is_constant_evaluated()) asm("" : "+m"(stored));
}

/// Where a program leaves its results: run 0 is its value, the others are the real runs of the structure it writes.
/// Scalars of another type than T are computed into a copy, which `finish` converts. `Settle` says that the storage is
/// the caller's, where results stay; results that are returned may yet be kept in registers.
template <class T, bool Settle, class... G>
class outputs {
  static constexpr auto count = real_scalars<G...>::all;
  static constexpr bool uniform = is_uniform<T, G...>();

 public:
  [[gnu::always_inline]] constexpr explicit outputs(T& alone, G&... results) : value_(alone) {
    [[maybe_unused]] std::size_t run = 1, copied = 0;
    (for_each_run(
         results,
         [&](auto* first, auto extent) __attribute__((always_inline)) {
           using S = std::remove_cvref_t<decltype(*first)>;
           if constexpr (std::is_same_v<S, T>) runs_[run++] = first;
           else if constexpr (Real<S>) runs_[run++] = &copy_[copied], copied += extent;
         }),
     ...);
  }

  [[gnu::always_inline]] constexpr void set(address a, const auto& v) const {
    if constexpr (is_pack<std::remove_cvref_t<decltype(v)>>) v.write(runs_[a.run] + a.offset);
    else if (a.run == 0) value_ = static_cast<T>(v);
    else {
      T& result = runs_[a.run][a.offset] = static_cast<T>(v);
      if constexpr (Settle && std::is_floating_point_v<T>) keep_scalar(result);
    }
  }

  /// The first number of a run.
  [[gnu::always_inline]] constexpr T* real_run(std::int32_t i) const { return i == 0 ? &value_ : runs_[i]; }

  [[gnu::always_inline]] constexpr void finish(G&... results) const {
    if constexpr (!uniform) {
      std::size_t copied = 0;
      (for_each_run(results,
                    [&](auto* first, auto extent) {
                      using S = std::remove_cvref_t<decltype(*first)>;
                      if constexpr (Real<S> && !std::is_same_v<S, T>)
                        for (std::size_t place = 0; place < extent; ++place)
                          first[place] = static_cast<S>(copy_[copied++]);
                    }),
       ...);
    }
  }

 private:
  T& value_;
  T* runs_[count.runs + 1];
  T copy_[uniform ? 1 : count.reals];
};

}  // namespace tapeless::detail

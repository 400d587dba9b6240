// SPDX-License-Identifier: BSL-1.0
#pragma once

#include <tapeless/print/tensor_text.hpp>
#include <tapeless/run/access.hpp>
#include <tapeless/trace/elementwise.hpp>

namespace tapeless {

/// Names for the arguments of a printed function, instead of x, y, z: `names<"price", "rate">`.
template <label... Name>
struct argument_names {};
template <label... Name>
inline constexpr argument_names<Name...> names{};

namespace detail {

template <class X>
constexpr void write_path(text& out, std::size_t name, std::size_t leaf, bool whole);

/// Appends the way to a scalar of an S if it lies in member I; otherwise counts that member's scalars off.
template <class S, std::size_t I>
constexpr bool write_member(text& out, std::size_t name, std::size_t& leaf, bool whole) {
  using M = std::remove_cvref_t<decltype(detail::member<I>(std::declval<S&>()))>;
  constexpr std::size_t leaves = real_scalars<M>::all.leaves;
  if (leaf >= leaves) {
    leaf -= leaves;
    return false;
  }
  if constexpr (HanaStruct<S>) {
    out.append('.');
    const auto key = hana::first(hana::at_c<I>(hana::accessors<S>()));
    if constexpr (requires { key.c_str(); }) out.append(key.c_str());
    else write_integer(out, I);
  } else {
    text call;
    call.append(HanaTuple<S> ? "hana::at_c<" : "get<");
    write_integer(call, I);
    call.append(">(");
    call.append('\0');
    out.insert(name, call.data());
    out.append(')');
  }
  write_path<M>(out, name, leaf, whole);
  return true;
}

/// Appends to the name of an X, which starts at `name`, the way to one of its scalars, as C++ writes it: x[2], p.mass,
/// get<0>(x)[1], W(1, 2); or, if `whole`, to the tensor that starts there.
template <class X>
constexpr void write_path(text& out, std::size_t name, std::size_t leaf, bool whole) {
  using S = std::remove_cvref_t<X>;
  if constexpr (TensorValue<S>) {
    if (!whole) write_place(out, extents_of_type<S>(), leaf);
  } else if constexpr (ArrayLike<S>) {
    using element = std::remove_cvref_t<decltype(std::declval<S&>()[0])>;
    constexpr std::size_t leaves = real_scalars<element>::all.leaves;
    if constexpr (leaves > 0) {
      out.append('[');
      write_integer(out, leaf / leaves);
      out.append(']');
      write_path<element>(out, name, leaf % leaves, whole);
    }
  } else if constexpr (!Scalar<S> && !StaticConstant<S>) {
    [&]<std::size_t... I>(std::index_sequence<I...>) { (void)(write_member<S, I>(out, name, leaf, whole) || ...); }
    (std::make_index_sequence<member_count<S>()>{});
  }
}

/// Whether a name is t0, t1, ..., which printed text has for itself.
constexpr bool is_taken(const char* name) {
  if (*name != 't' || name[1] == '\0') return false;
  for (++name; *name; ++name)
    if (*name < '0' || *name > '9') return false;
  return true;
}

/// The names of the scalars of arguments `A...`: of those given, else x, y, z, or x0, x1, ... for more than three.
template <class Names, class... A>
struct scalar_names;
template <label... Name, class... A>
struct scalar_names<argument_names<Name...>, A...> {
  static_assert(sizeof...(Name) == 0 || sizeof...(Name) == sizeof...(A),
                "tapeless: tl::names gives either every argument a name or none");
  static_assert(!(is_taken(Name.text) || ...), "tapeless: t0, t1, ... name shared operations; choose another name");

  constexpr void operator()(text& out, std::int32_t input) const { write(out, input, false); }
  /// Of the tensor whose first scalar it is.
  constexpr void whole(text& out, std::int32_t input) const { write(out, input, true); }

 private:
  static constexpr void write(text& out, std::int32_t input, bool whole) {
    auto leaf = static_cast<std::size_t>(input);
    std::size_t argument = 0;
    (void)((write_argument<A>(out, leaf, argument, whole) || ...));
  }
  static constexpr const char* given[sizeof...(Name) + 1] = {Name.text..., ""};

  template <class X>
  static constexpr bool write_argument(text& out, std::size_t& leaf, std::size_t& argument, bool whole) {
    constexpr std::size_t leaves = real_scalars<X>::all.leaves;
    if (leaf >= leaves) {
      leaf -= leaves, ++argument;
      return false;
    }
    const std::size_t name = out.size();
    if constexpr (sizeof...(Name) > 0) {
      out.append(given[argument]);
    } else if constexpr (sizeof...(A) <= 3) {
      out.append("xyz"[argument]);
    } else {
      out.append('x');
      write_integer(out, argument);
    }
    write_path<X>(out, name, leaf, whole);
    return true;
  }
};

}  // namespace detail
}  // namespace tapeless

// SPDX-License-Identifier: BSL-1.0
#pragma once

/// Compile-time automatic differentiation: graphs of fixed-size programs are recorded, differentiated and optimised
/// inside constant expressions; what remains at run time is straight-line code.
namespace tapeless {

inline constexpr int version_major = 0;
inline constexpr int version_minor = 1;
inline constexpr int version_patch = 0;

namespace detail {

/// GCC, and not a compiler that only says so.
#if defined(__GNUC__) && !defined(__clang__)
inline constexpr bool is_gcc = true;
#else
inline constexpr bool is_gcc = false;
#endif

/// The bytes of a vector register that is always worth using: 32 with AVX (wider ones slow many processors down), 16
/// with SSE2 or NEON.
#if defined(__AVX__)
inline constexpr unsigned vector_bytes = 32;
#elif defined(__SSE2__) || defined(__ARM_NEON)
inline constexpr unsigned vector_bytes = 16;
#else
inline constexpr unsigned vector_bytes = 0;
#endif

}  // namespace detail
}  // namespace tapeless

namespace tl = tapeless;

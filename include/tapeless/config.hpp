// SPDX-License-Identifier: BSL-1.0
#pragma once

/// Compile-time automatic differentiation: graphs of fixed-size programs are recorded, differentiated and optimised inside
/// constant expressions; what remains at run time is straight-line code.
namespace tapeless {

inline constexpr int version_major = 0;
inline constexpr int version_minor = 1;
inline constexpr int version_patch = 0;

}  // namespace tapeless

namespace tl = tapeless;

// SPDX-License-Identifier: BSL-1.0
#pragma once

#include <cstddef>

namespace iris {

/// How often this program has asked the heap for memory so far.
std::size_t allocations() noexcept;

}  // namespace iris

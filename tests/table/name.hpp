// SPDX-License-Identifier: BSL-1.0
#pragma once

#include <string_view>

namespace table {

/// The name of an operation's struct: unlike its printed name, no other row has it.
template <class Op>
constexpr std::string_view struct_name() {
  constexpr std::string_view here = __PRETTY_FUNCTION__, space = "tapeless::op::";
  constexpr std::size_t first = here.rfind(space) + space.size();
  return here.substr(first, here.find_first_of(";]", first) - first);
}

}  // namespace table

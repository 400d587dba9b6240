// SPDX-License-Identifier: BSL-1.0
#define CATCH_CONFIG_MAIN  // Catch2 version 2 wants its main function here; version 3 has it in a library
#include <catch2/catch.hpp>

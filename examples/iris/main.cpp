// SPDX-License-Identifier: BSL-1.0

// A small neural network learns to tell three kinds of iris apart. All its derivatives come from one line of train.hpp:
// `tl::value_and_gradient(loss, tl::wrt<0>)`.

#include <array>
#include <cstddef>
#include <cstdio>
#include <exception>
#include <filesystem>
#include <span>
#include <stdexcept>
#include <string>

#include "allocations.hpp"
#include "data.hpp"
#include "file.hpp"
#include "loss_curve.hpp"
#include "network.hpp"
#include "options.hpp"
#include "region_map.hpp"
#include "split.hpp"
#include "stopwatch.hpp"
#include "train.hpp"

namespace {

constexpr std::size_t epochs = 100;
constexpr double required_accuracy = 0.94;

/// What does the gradient cost, how long does it take, is it right?
void examine_gradient(const iris::network<double>& net, std::span<const iris::flower> flowers) {
  using measurements = iris::vector<double, iris::features>;
  constexpr auto loss = tl::cost<decltype(iris::loss), iris::network<double>, measurements, int>;
  constexpr auto both = tl::cost<decltype(iris::loss_and_gradient), iris::network<double>, measurements, int>;
  std::printf("operations   %zu for the loss of one flower, %zu with its derivatives\n", loss.total(), both.total());

  iris::network<double> gradient{};
  const auto time = iris::median_nanoseconds([&](std::size_t i) {
    const auto& [x, label] = flowers[i % flowers.size()];
    iris::loss_and_gradient.into(gradient, net, x, label);
    iris::keep(gradient);
  });
  std::printf("time         %.0f ns for both (median)\n", time);

  for (const auto& [x, label] : flowers)
    if (const auto check = tl::check_gradient(iris::loss, tl::wrt<0>)(net, x, label); !check)
      throw std::runtime_error("derivative " + std::to_string(check.index) + " is " + std::to_string(check.got) +
                               ", finite differences say " + std::to_string(check.expected));
  std::printf("check        all derivatives agree with finite differences, for each of %zu flowers\n", flowers.size());
}

void print(std::size_t number, const iris::epoch& epoch) {
  std::printf("%5zu  %8.4f  %5.1f %%  %8.4f  %5.1f %%\n", number, epoch.train.loss, 100 * epoch.train.accuracy,
              epoch.test.loss, 100 * epoch.test.accuracy);
}

int run(const iris::options& options) {
  if (!is_directory(options.out)) throw std::runtime_error(options.out.string() + ": is not a folder");

  // Read, split, and bring to a common scale.
  iris::random_source random(options.seed);
  const auto data = iris::read(options.data);
  const auto flowers = iris::stratified_split(data.flowers, random);
  const iris::standardiser standardise(flowers.train);
  auto train = standardise(flowers.train);
  const auto test = standardise(flowers.test);
  std::printf("data         %zu flowers to train on, %zu held out\n", train.size(), test.size());

  auto net = iris::initial(random);
  examine_gradient(net, train);

  // Train.
  iris::adam<iris::network<double>> optimizer{.decay = 0.1};
  std::array<iris::epoch, epochs + 1> history{};
  const auto allocations_before = iris::allocations();
  std::printf("\nepoch  training, right      held out, right\n");
  for (std::size_t e = 0; e <= epochs; ++e) {
    optimizer.rate = 0.02 * (1 - static_cast<double>(e) / epochs);
    if (e > 0) iris::train_epoch(net, optimizer, train, random);
    history[e] = {iris::evaluate(net, train), iris::evaluate(net, test)};
    if (e % 10 == 0) print(e, history[e]);
  }
  const auto allocations = iris::allocations() - allocations_before;

  // Report.
  const auto& [train_end, test_end] = history.back();
  std::printf("\nresult       training loss %.4f, %.1f %% right; held-out loss %.4f, %.1f %% right\n", train_end.loss,
              100 * train_end.accuracy, test_end.loss, 100 * test_end.accuracy);
  std::printf("allocations  %zu while training, %zu before\n", allocations, allocations_before);
  for (const auto& [name, picture] : {std::pair("loss.svg", iris::loss_curve(history)),
                                      std::pair("regions.svg", iris::region_map(net, standardise, data, flowers))}) {
    iris::write_file(options.out / name, picture);
    std::printf("picture      %s\n", (options.out / name).c_str());
  }
  if (allocations != 0) throw std::runtime_error("training must not allocate");
  if (test_end.accuracy < required_accuracy) throw std::runtime_error("too few of the held-out flowers are right");
  return 0;
}

}  // namespace

int main(int argc, char** argv) try {
  const iris::options options(std::span(argv, static_cast<std::size_t>(argc)));
  if (!options.help) return run(options);
  std::fputs(iris::usage, stdout);
} catch (const iris::usage_error& error) {
  std::fprintf(stderr, "iris: %s\n%s", error.what(), iris::usage);
  return 2;
} catch (const std::exception& error) {
  std::fprintf(stderr, "%s\n", error.what());
  return 1;
}

// SPDX-License-Identifier: BSL-1.0

// Two networks learn to read handwritten digits, a dense and a convolutional one. All their derivatives come from two
// lines of networks.hpp: `tl::value_and_gradient(loss, tl::wrt<0>)`, and `tl::gradient` with respect to the pixels.

#include <algorithm>
#include <cstddef>
#include <cstdio>
#include <exception>
#include <filesystem>
#include <span>
#include <stdexcept>
#include <string>
#include <utility>

#include "../iris/file.hpp"
#include "check.hpp"
#include "confusion_matrix.hpp"
#include "data.hpp"
#include "networks.hpp"
#include "options.hpp"
#include "progress.hpp"
#include "saliency_map.hpp"
#include "train.hpp"

namespace {

template <class Network>
void run(const digits::options& options, const digits::split& images) {
  if (!options.network.empty() && options.network != Network::name) return;
  using parameters = typename Network::template parameters<float>;
  std::printf("\n%-13s%s, %zu parameters\n", Network::name, Network::layers, sizeof(parameters) / sizeof(float));

  const std::size_t epochs = options.epochs ? options.epochs : Network::training.epochs;
  digits::trainer<Network> training(images.train, options.seed, epochs);
  digits::random_source random(options.seed + 1);
  const double difference = digits::check_gradient<Network>(training.parameters, images.train, random, 20);
  std::printf("check        the gradient agrees with differences in 20 directions, to %.0e\n", difference);

  double seconds = 0;
  std::size_t batches = 0;
  const digits::progress progress(epochs);
  for (std::size_t e = 1; e <= epochs; ++e) {
    const auto epoch = training.run();
    seconds += epoch.seconds;
    batches += epoch.batches;
    progress.show(e, epoch.loss, digits::accuracy<Network>(training.parameters, images.test));
  }
  const double per_batch = seconds / static_cast<double>(batches);
  std::printf("time         %.2f s for %zu batches of %zu: %.1f us each, %.2f GFLOP/s in the products\n", seconds,
              batches, digits::batch_size, 1e6 * per_batch, 1e-9 * Network::flops / per_batch);
  std::printf("workspace    %zu bytes\n", digits::workspace_bytes<Network>);

  const auto counts = digits::count(images.test, digits::predict<Network>(training.parameters, images.test));
  const double right = digits::accuracy<Network>(training.parameters, images.test);
  std::printf("result       %.2f %% of the %zu held-out digits right\n", 100 * right, images.test.size());
  digits::print(counts);
  const std::string name = Network::name;
  for (const auto& [file, picture] :
       {std::pair(name + "_confusion.svg", digits::draw(counts, name)),
        std::pair(name + "_saliency.svg", digits::saliency_map<Network>(training.parameters, images.test))}) {
    iris::write_file(options.out / file, picture);
    std::printf("picture      %s\n", (options.out / file).c_str());
  }
  if (options.epochs == 0 && right < Network::required_accuracy)
    throw std::runtime_error("too few of the held-out digits are right");
}

int run(const digits::options& options) {
  if (!is_directory(options.out)) throw std::runtime_error(options.out.string() + ": is not a folder");
  const auto images = digits::fixed_split(digits::read(options.data));
  std::printf("data         %zu digits to train on, %zu held out\n", images.train.size(), images.test.size());
  run<digits::dense>(options, images);
  run<digits::conv>(options, images);
  return 0;
}

}  // namespace

int main(int argc, char** argv) try {
  const digits::options options(std::span(argv, static_cast<std::size_t>(argc)));
  if (!options.help) return run(options);
  std::fputs(digits::usage, stdout);
} catch (const digits::usage_error& error) {
  std::fprintf(stderr, "digits: %s\n%s", error.what(), digits::usage);
  return 2;
} catch (const std::exception& error) {
  std::fprintf(stderr, "%s\n", error.what());
  return 1;
}

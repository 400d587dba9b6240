// SPDX-License-Identifier: BSL-1.0
#include "step.hpp"

#include <algorithm>

#include <ATen/ATen.h>
#include <ATen/Parallel.h>
#include <torch/csrc/autograd/autograd.h>

namespace bench {

template <class T>
struct torch_step<T>::tensors {
  activation active;
  std::vector<at::Tensor> parameters;  // leaves of the graph
  at::Tensor x, labels;
};

template <class T>
torch_step<T>::torch_step(activation active, const std::vector<numbers>& parameters, const numbers& x,
                          const std::vector<int>& labels) {
  at::set_num_threads(1);
  const auto view = [](const numbers& each) {
    return at::from_blob(const_cast<T*>(each.data), each.sizes, at::TensorOptions(c10::CppTypeToScalarType<T>::value));
  };
  tensors made{active, {}, view(x), at::tensor(labels).to(at::kLong)};
  for (const numbers& each : parameters) made.parameters.push_back(view(each).requires_grad_());
  held = std::make_shared<const tensors>(std::move(made));
}

template <class T>
T torch_step<T>::operator()(T* gradient) const {
  const auto& p = held->parameters;
  at::Tensor h = held->x;
  for (std::size_t k = 0; k < p.size(); k += 2) {
    h = at::addmm(p[k + 1], h, p[k]);
    if (k + 2 < p.size()) h = held->active == activation::tanh ? at::tanh(h) : at::relu(h);
  }
  const at::Tensor value = at::cross_entropy_loss(h, held->labels);
  for (const at::Tensor& each : torch::autograd::grad({value}, p)) {
    const at::Tensor rows = each.contiguous();
    gradient = std::copy_n(rows.data_ptr<T>(), rows.numel(), gradient);
  }
  return value.item<T>();
}

template class torch_step<double>;
template class torch_step<float>;

}  // namespace bench

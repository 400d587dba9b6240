// SPDX-License-Identifier: BSL-1.0
#pragma once

#include <tapeless/kernel/loop.hpp>
#include <tapeless/kernel/product.hpp>

// From a plan to code: its steps, one after another.
namespace tapeless::detail {

/// Where the tensors of a plan begin when it runs.
template <class Planned, class T, class Inputs, class Outputs>
struct plan_context {
  const Inputs& in;
  const Outputs& out;
  T* workspace;

  template <storage From>
  [[gnu::always_inline]] constexpr const T* source() const {
    if constexpr (From.kind == where::input) return in.real_run(From.run) + From.offset;
    else if constexpr (From.kind == where::table) return Planned::template tables<T>.number + From.offset;
    else return target<From>();
  }
  template <storage To>
  [[gnu::always_inline]] constexpr T* target() const {
    if constexpr (To.kind == where::workspace) return workspace + To.offset;
    else if constexpr (To.kind == where::output) return out.real_run(To.run) + To.offset;
    else return nullptr;
  }
  template <storage From>
  [[gnu::always_inline]] constexpr const long long* data() const {
    if constexpr (From.kind == where::data) return in.whole_numbers() + From.offset;
    else if constexpr (From.kind == where::table) return Planned::template tables<long long>.number + From.offset;
    else return nullptr;
  }
};

/// A program that is planned for numbers of type T. `Program` has graph, arguments.of, and the addresses and shapes of
/// its results.
template <class Program, class T>
struct planned {
  static constexpr std::size_t line = 64 / sizeof(T) > 0 ? 64 / sizeof(T) : 1;
  template <plan_size Room>
  static constexpr auto make() {
    const program p = lowered(Program::graph.view());
    tensor_planner planner(p.view(), {Program::arguments.of, Program::results.address_of, Program::results.shape_of},
                           line);
    return freeze<Room>(planner.result());
  }
  static constexpr plan_size room = ample_plan(Program::graph.size);
  static constexpr auto first = make<room>();
  static constexpr const auto& choose() {
    if constexpr (first.fits()) return first;
    else return second<first.size>;
  }
  template <plan_size Room>
  static constexpr auto second = make<Room>();
  static constexpr const auto& plan = choose();

  template <class N>
  struct numbers {
    N number[plan.size.tables + 1]{};
  };
  template <class N>
  static constexpr numbers<N> tables = [] {
    numbers<N> all;
    for (std::size_t k = 0; k < plan.size.tables; ++k) all.number[k] = static_cast<N>(plan.tables[k]);
    return all;
  }();
};

/// One operation of a plan that is a step of its own.
template <class Planned, std::size_t S, class T>
struct operation_step {
  static constexpr planned_step step = Planned::plan.steps[S];
  using operation = operation_of<step.op>;
  static constexpr bool is_product = std::is_same_v<operation, op::matmul> || std::is_same_v<operation, op::matmul_add>;

  static constexpr matmul_extents extents{step.call.operand[0], step.call.operand[1], step.call.parameter};
  static constexpr product_shape product{extents.rows, extents.columns, extents.depth, extents.left_transposed,
                                         extents.right_transposed};
  static constexpr std::size_t scratch = [] {
    if constexpr (is_product) return scratch_elements<product, T>();
    else return std::size_t{0};
  }();

  struct finish {
    template <class X>
    [[gnu::always_inline]] constexpr X operator()(const X& x) const {
      if constexpr (std::is_arithmetic_v<X>) return static_cast<X>(tapeless::apply<operation_of<step.finish>>(x));
      else return X(tapeless::apply<operation_of<step.finish>>(x));
    }
  };

  template <std::size_t K>
  using constant_type = std::conditional_t<step.call.operand[K].kind() == element::real, T, long long>;
  template <std::size_t K>
  static constexpr constant_type<K> constant = constant_type<K>(step.number[K]);

  template <std::size_t K, class Context>
  [[gnu::always_inline]] static constexpr auto operand(const Context& context) {
    if constexpr (step.from[K].kind == where::constant) return &constant<K>;
    else if constexpr (step.from[K].kind == where::data ||
                       (step.from[K].kind == where::table && step.call.operand[K].kind() != element::real))
      return context.template data<step.from[K]>();
    else return context.template source<step.from[K]>();
  }

  template <class Context>
  static constexpr void run(const Context& context, T* room) {
    T* const to = context.template target<step.to>();
    if constexpr (is_product) {
      constexpr bool adds = std::is_same_v<operation, op::matmul_add>;
      const T* start = nullptr;
      if constexpr (adds) start = operand<2>(context);
      constexpr product_start from = !adds                                                    ? product_start::nothing
                                     : step.call.operand[2].size() == step.call.result.size() ? product_start::matrix
                                                                                              : product_start::row;
      const T* const a = operand<0>(context);
      const T* const b = operand<1>(context);
      for (std::size_t i = 0; i < extents.batch; ++i) {
        const auto one = [&](const auto& last) {
          multiply<product, from>(to + i * extents.rows * extents.columns, a + i * extents.rows * extents.depth,
                                  b + i * extents.depth * extents.columns, start, room, last);
        };
        if constexpr (step.finish != nullptr) one(finish{});
        else one(as_it_is{});
      }
    } else if constexpr (operation::arity == 1) {
      operation::compute(step.call, to, operand<0>(context));
    } else if constexpr (operation::arity == 2) {
      operation::compute(step.call, to, operand<0>(context), operand<1>(context));
    } else {
      operation::compute(step.call, to, operand<0>(context), operand<1>(context), operand<2>(context));
    }
  }
};

template <class Program, class T>
struct tensor_code {
  using plan = planned<Program, T>;

  /// The numbers that the products' kernels need to work in, behind the planned ones.
  template <std::size_t S>
  static constexpr std::size_t scratch_of() {
    if constexpr (plan::plan.steps[S].op != nullptr) return operation_step<plan, S, T>::scratch;
    else return 0;
  }
  template <std::size_t... S>
  static constexpr std::size_t most_scratch(std::index_sequence<S...>) {
    std::size_t most = 0;
    ((most = greater(most, scratch_of<S>())), ...);
    return most;
  }
  static constexpr std::size_t scratch() { return most_scratch(std::make_index_sequence<plan::plan.size.steps>{}); }
  /// The numbers in the workspace.
  static constexpr std::size_t workspace() { return plan::plan.workspace + scratch(); }

  template <class Inputs, class Outputs>
  static constexpr void run(const Inputs& in, const Outputs& out, T* workspace_begin) {
    const plan_context<plan, T, Inputs, Outputs> context{in, out, workspace_begin};
    [&]<std::size_t... S>(std::index_sequence<S...>) { (run_step<S>(context), ...); }
    (std::make_index_sequence<plan::plan.size.steps>{});
  }

 private:
  template <std::size_t S, class Context>
  static constexpr void run_step(const Context& context) {
    if constexpr (plan::plan.steps[S].op == nullptr) loop<plan, S, T>::run(context);
    else operation_step<plan, S, T>::run(context, context.workspace + plan::plan.workspace);
  }
};

}  // namespace tapeless::detail

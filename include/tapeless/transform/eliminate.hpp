// SPDX-License-Identifier: BSL-1.0
#pragma once

#include <tapeless/graph/program.hpp>
#include <tapeless/graph/simplify.hpp>

// The chain rule on a graph whose edges carry derivatives. A node between others is eliminated: what came through it
// now goes past it, as products of the edges into it and out of it. When only inputs and results are left, their edges
// are the Jacobian. The order of elimination is free: from the results back it is reverse mode, from the inputs on it
// is forward mode, and there are many between. (Griewank and Reese, On the calculation of Jacobian matrices by the
// Markowitz rule, 1991.)
//
// Curvatures are edges between nodes, of no direction: half the second derivatives of the result when both nodes move.
// A node that is eliminated hands them down to its operands. When only inputs are left they are the Hessian; from the
// result back this is edge pushing (Gower and Mello, A new framework for the computation of Hessians, 2012).
namespace tapeless::detail {

/// An edge between two nodes, in the lists of both: of the links that start there, and of those that end there.
template <class Weight>
struct link {
  std::int32_t end[2];
  std::int32_t next[2];
  Weight weight{};
  bool alive = true;
};

template <class Weight>
class links {
 public:
  constexpr explicit links(std::int32_t nodes) {
    for (auto& first : first_) first = buffer<std::int32_t>(nodes);
  }

  constexpr link<Weight>* find(std::int32_t from, std::int32_t to) {
    for (auto i = first_[1][to]; i; i = all_[i - 1].next[1])
      if (all_[i - 1].end[0] == from && all_[i - 1].alive) return &all_[i - 1];
    return nullptr;
  }
  constexpr void add(std::int32_t from, std::int32_t to, const Weight& weight) {
    all_.push_back({{from, to}, {first_[0][from], first_[1][to]}, weight, true});
    first_[0][from] = first_[1][to] = static_cast<std::int32_t>(all_.size());
  }
  /// Calls `f(link)` for each link that starts (side 0) or ends (side 1) at a node.
  template <class F>
  constexpr void each(int side, std::int32_t node, F f) {
    for (auto i = first_[side][node]; i; i = all_[i - 1].next[side])
      if (all_[i - 1].alive) f(all_[i - 1]);
  }
  constexpr std::size_t size() const { return all_.size(); }
  constexpr link<Weight>& operator[](std::integral auto i) { return all_[i]; }
  constexpr const link<Weight>& operator[](std::integral auto i) const { return all_[i]; }

 private:
  buffer<std::int32_t> first_[2];  // one more than the first link in the list of a node
  buffer<link<Weight>> all_;
};

/// The elimination itself; what weights are, and how they multiply, is the business of `Weights`.
template <class Weights>
class elimination {
 public:
  using weight = typename Weights::type;

  constexpr elimination(Weights weights, std::int32_t nodes)
      : weights_(weights), edges_(nodes), curvatures_(nodes), price_(nodes), stale_(nodes) {
    for (bool& stale : stale_) stale = true;
  }
  /// The same graph with weights of another kind.
  template <class Others>
  constexpr elimination(Weights weights, std::int32_t nodes, elimination<Others>& original)
      : elimination(weights, nodes) {
    for (std::size_t i = 0; i < original.edges_.size(); ++i)
      if (const auto& e = original.edges_[i]; e.alive) edges_.add(e.end[0], e.end[1], Weights::of(e.weight));
    for (std::size_t i = 0; i < original.curvatures_.size(); ++i)
      if (const auto& bent = original.curvatures_[i]; bent.alive)
        curvatures_.add(bent.end[0], bent.end[1], Weights::of(bent.weight));
  }

  constexpr void connect(std::int32_t from, std::int32_t to, const weight& w) {
    if (auto* there = edges_.find(from, to)) there->weight = weights_.sum(there->weight, w);
    else edges_.add(from, to, w);
  }
  /// Adds to the curvature between two nodes, which is symmetric.
  constexpr void bend(std::int32_t a, std::int32_t b, const weight& w) {
    const std::int32_t low = a < b ? a : b, high = a < b ? b : a;
    if (auto* there = curvatures_.find(low, high)) there->weight = weights_.sum(there->weight, w);
    else curvatures_.add(low, high, w);
  }

  constexpr void eliminate(std::int32_t v) {
    const auto in = ends(edges_, 1, v), out = ends(edges_, 0, v);
    for (const auto i : in)
      for (const auto o : out) {
        const auto w = weights_.times(edges_[i].weight, edges_[o].weight);
        connect(edges_[i].end[0], edges_[o].end[1], w);
      }
    const auto bent = around(v);
    for (const auto c : bent) {
      const std::int32_t other = curvatures_[c].end[0] == v ? curvatures_[c].end[1] : curvatures_[c].end[0];
      for (std::size_t i = 0; i < in.size(); ++i) {
        const std::int32_t from = edges_[in[i]].end[0];
        const weight pushed = weights_.times(edges_[in[i]].weight, curvatures_[c].weight);
        if (other != v) bend(from, other, from == other ? weights_.twice(pushed) : pushed);
        else
          for (std::size_t k = 0; k <= i; ++k) {
            const weight both = weights_.times(edges_[in[k]].weight, pushed);
            bend(from, edges_[in[k]].end[0], both);
          }
      }
      stale_[other] = true;
      curvatures_[c].alive = false;
    }
    for (const auto i : in) stale_[edges_[i].end[0]] = true, edges_[i].alive = false;
    for (const auto o : out) stale_[edges_[o].end[1]] = true, edges_[o].alive = false;
  }

  /// What it costs to eliminate a node now, in halves of a multiplication; and half of one for each weight more that is
  /// then multiplied with.
  constexpr std::int32_t price(std::int32_t v) {
    if (!stale_[v]) return price_[v];
    stale_[v] = false;
    std::int32_t sum = 0;
    const auto meet = [&](const weight& inner, const weight& outer) {
      sum += Weights::price(inner, outer) + (Weights::counts(inner) || Weights::counts(outer));
    };
    edges_.each(0, v, [&](const auto& out) { sum -= Weights::counts(out.weight); });
    edges_.each(1, v, [&](const auto& in) {
      sum -= Weights::counts(in.weight);
      edges_.each(0, v, [&](const auto& out) { meet(in.weight, out.weight); });
      curvatures_.each(0, v, [&](const auto& bent) { meet(in.weight, bent.weight); });
      curvatures_.each(1, v, [&](const auto& bent) { meet(in.weight, bent.weight); });
    });
    return price_[v] = sum;
  }

  /// Whether all that is left of a node is one curvature: with h of a node by itself and g the way from its operands,
  /// the term h g' g of the Hessian; with another node the like.
  constexpr bool is_rank_one(std::int32_t v) {
    int in = 0, out = 0, bent = 0;
    edges_.each(0, v, [&](const auto&) { ++out; });
    edges_.each(1, v, [&](const auto&) { ++in; });
    curvatures_.each(0, v, [&](const auto&) { ++bent; });
    curvatures_.each(1, v, [&](const auto& one) { bent += one.end[0] != v; });
    return out == 0 && bent == 1 && in > 1;
  }

  constexpr const weight* edge(std::int32_t from, std::int32_t to) {
    const auto* there = edges_.find(from, to);
    return there ? &there->weight : nullptr;
  }
  constexpr const weight* curvature(std::int32_t a, std::int32_t b) {
    const auto* there = a < b ? curvatures_.find(a, b) : curvatures_.find(b, a);
    return there ? &there->weight : nullptr;
  }
  constexpr const Weights& weights() const { return weights_; }

 private:
  template <class Others>
  friend class elimination;

  static constexpr buffer<std::int32_t> ends(links<weight>& all, int side, std::int32_t v) {
    buffer<std::int32_t> found;
    all.each(side, v, [&](const auto& one) { found.push_back(static_cast<std::int32_t>(&one - &all[0])); });
    return found;
  }
  constexpr buffer<std::int32_t> around(std::int32_t v) {
    auto found = ends(curvatures_, 0, v);
    curvatures_.each(1, v, [&](const auto& bent) {
      if (bent.end[0] != v) found.push_back(static_cast<std::int32_t>(&bent - &curvatures_[0]));
    });
    return found;
  }

  Weights weights_;
  links<weight> edges_, curvatures_;
  buffer<std::int32_t> price_;
  buffer<bool> stale_;
};

/// Weights as they count for the cost: 1 and -1 are free, constants meet at compile time.
struct counted_weights {
  enum class type : unsigned char { unit, constant, variable };
  std::int32_t* cost;

  static constexpr type of(const value& w) {
    return w.is_number(1) || w.is_number(-1) ? type::unit : w.is_constant() ? type::constant : type::variable;
  }
  static constexpr type of(type w) { return w; }
  static constexpr bool counts(type w) { return w != type::unit; }
  static constexpr std::int32_t price(type a, type b) {
    return a == type::unit || b == type::unit || (a == type::constant && b == type::constant) ? 0 : 2;
  }
  constexpr type times(type a, type b) const {
    *cost += price(a, b);
    return a < b ? b : a;
  }
  constexpr type twice(type w) const { return w == type::unit ? type::constant : times(type::constant, w); }
  constexpr type sum(type a, type b) const {
    const type larger = a < b ? b : a;
    *cost += larger == type::variable;
    return larger == type::unit ? type::constant : larger;
  }
};

/// An order of elimination, and what it costs.
struct elimination_order {
  buffer<std::int32_t> sequence;
  std::int32_t cost = 0;
  order kind = order::reverse;
};

/// Tries an order on the nodes in question, in halves of a multiplication.
///
/// The mixed order eliminates the cheapest node next, but for those whose share of the Hessian has rank one: they come
/// last, when the way to them is one row of derivatives by the inputs. Before, all pairs of their operands would be
/// curved, then all pairs of those nodes' operands. (Neo-Hookean tetrahedron, where the determinant is such a node:
/// 611 and 427 operations.)
template <class Weights>
constexpr elimination_order tried(elimination<Weights>& graph, std::int32_t nodes, const buffer<bool>& between,
                                  order kind) {
  elimination_order result;
  result.kind = kind;
  elimination<counted_weights> trial(counted_weights{&result.cost}, nodes, graph);
  const auto eliminate = [&](std::int32_t chosen_next) {
    result.sequence.push_back(chosen_next);
    trial.eliminate(chosen_next);
  };
  buffer<std::int32_t> left, last;
  for (std::int32_t v = static_cast<std::int32_t>(between.size()) - 1; v >= 0; --v)
    if (between[v]) left.push_back(v);
  for (std::size_t count = left.size(), next = 0; next < count; ++next) {
    std::size_t best = kind == order::forward ? count - 1 - next : next;
    if (kind == order::mixed) {  // the cheapest node, of those the last: the list keeps its order as it is used up
      for (std::size_t i = next; i < count; ++i)
        if (trial.price(left[i]) < trial.price(left[best])) best = i;
      const std::int32_t chosen = left[best];
      for (; best > next; --best) left[best] = left[best - 1];
      left[next] = chosen, best = next;
    }
    if (kind == order::mixed && trial.is_rank_one(left[best])) last.push_back(left[best]);
    else eliminate(left[best]);
  }
  for (const auto v : last) eliminate(v);
  return result;
}

/// The order that is asked for, or the one of least cost; of equals the reverse.
template <class Weights>
constexpr elimination_order best_order(elimination<Weights>& graph, std::int32_t nodes, const buffer<bool>& between,
                                       order wanted) {
  if (wanted != order::cheapest) return tried(graph, nodes, between, wanted);
  elimination_order best = tried(graph, nodes, between, order::reverse);
  for (const order kind : {order::forward, order::mixed})
    if (elimination_order other = tried(graph, nodes, between, kind); best.cost > other.cost)
      best = static_cast<elimination_order&&>(other);
  return best;
}

}  // namespace tapeless::detail

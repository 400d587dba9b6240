// SPDX-License-Identifier: BSL-1.0
#pragma once

#include <tapeless/print/form.hpp>
#include <tapeless/print/sweeps.hpp>

namespace tapeless {
namespace detail {

/// Writes programs in the language of Graphviz: one as a graph of its own, or several as clusters with titles.
template <std::floating_point T, class Names>
class dot_writer {
 public:
  constexpr explicit dot_writer(const Names& names) : names_(names) { out_.append("digraph {\n"); }

  /// `numbers` of its nodes or null.
  constexpr void draw(const program_view& p, const node_numbers* numbers, bool adjoints) {
    for (std::int32_t i = 0; i < p.size; ++i) {
      line();
      write_name(i);
      out_.append(" [label=\"");
      write_label(p[i], p[i].op->arity > 0 ? p[p[i].operand[0]].shape : shape(), numbers ? &numbers[i] : nullptr,
                  adjoints);
      out_.append('"');
      if (p[i].op->arity == 0) out_.append(", shape=box");
      for (std::int32_t o = 0; o < p.output_count; ++o)
        if (p.outputs[o] == i) {
          out_.append(", peripheries=2");
          break;
        }
      out_.append("];\n");
      for (int k = 0; k < p[i].op->arity; ++k) write_edge(p[i], k, i);
    }
  }

  constexpr void draw_cluster(const char* title, const program_view& p, const node_numbers* numbers, bool adjoints) {
    out_.append("  subgraph cluster_");
    write_integer(out_, cluster_ = clusters_++);
    out_.append(" {\n    label=\"");
    for (; *title; ++title) {
      if (*title == '"' || *title == '\\') out_.append('\\');
      out_.append(*title);
    }
    out_.append("\";\n");
    draw(p, numbers, adjoints);
    out_.append("  }\n");
    cluster_ = -1;
  }

  constexpr text written() {
    out_.append("}\n");
    return static_cast<text&&>(out_);
  }

 private:
  constexpr void line() { out_.append(cluster_ < 0 ? "  " : "    "); }

  /// Names of nodes hold for the whole file: in a cluster they start with its own.
  constexpr void write_name(std::int32_t i) {
    if (cluster_ >= 0) {
      out_.append('c');
      write_integer(out_, cluster_);
    }
    out_.append('n');
    write_integer(out_, i);
  }

  constexpr void write_label(const node& n, const shape& before, const node_numbers* numbers, bool adjoints) {
    if (n.is<op::input>()) write_input(out_, names_, n);
    else if (n.is_constant()) write_number(out_, static_cast<T>(n.number));
    else if (n.op->tensor) write_tensor_operation(out_, n, before);
    else out_.append(n.op->name);
    if (!n.shape.is_scalar()) {
      out_.append("\\n");
      write_extents(out_, n.shape);
    }
    if (!numbers || n.is_constant()) return;
    out_.append("\\n");
    write_number(out_, numbers->value);
    if (!adjoints || n.shape.kind() != element::real) return;
    out_.append("\\nadjoint ");
    write_number(out_, numbers->adjoint);
  }

  constexpr void write_edge(const node& n, int k, std::int32_t to) {
    line();
    write_name(n.operand[k]);
    out_.append(" -> ");
    write_name(to);
    if (n.op->arity > 1 && !n.op->commutative) {
      out_.append(" [label=\"");
      write_integer(out_, k + 1);
      out_.append("\"]");
    }
    out_.append(";\n");
  }

  const Names& names_;
  text out_;
  int clusters_ = 0, cluster_ = -1;  // how many there are; the one that is being written, if any
};

template <std::floating_point T, class Names>
constexpr text dot_text(const program_view& p, const Names& names, const node_numbers* numbers = nullptr,
                        bool adjoints = false) {
  dot_writer<T, Names> w(names);
  w.draw(p, numbers, adjoints);
  return w.written();
}

struct dot_form {
  template <std::floating_point T>
  static constexpr text write(const program_view& p, const auto& names) {
    return dot_text<T>(p, names);
  }
};

/// Functions of the same arguments, each with its title.
template <class Titles, class... F>
struct titled_functions;
template <label... Title, class... F>
struct titled_functions<argument_names<Title...>, F...> {};

template <label... Title, class... F, class Names, class... A>
struct text_in_form<dot_form, titled_functions<argument_names<Title...>, F...>, Names, A...> {
  static_assert((check_printable<F>() && ...));
  static constexpr text make() {
    constexpr scalar_names<Names, A...> names{};
    dot_writer<printed_real<A...>, scalar_names<Names, A...>> w(names);
    (w.draw_cluster(Title.text, shown_program_of<F, A...>::graph.view(), nullptr, false), ...);
    return w.written();
  }
};

/// The graphs of functions with their numbers at a point.
template <class F>
struct dot_at {
  template <class Names, class... A>
  static constexpr text written(const Names& names, const A&... x) {
    const numeric_sweeps<program_of<F, A...>> sweeps(x...);
    return dot_text<double>(program_of<F, A...>::graph.view(), names, sweeps.at, sweeps.has_adjoints);
  }
  template <class... A>
  static constexpr std::size_t nodes = program_of<F, A...>::graph.size;
};
template <label... Title, class... F>
struct dot_at<titled_functions<argument_names<Title...>, F...>> {
  template <class Names, class... A>
  static constexpr text written(const Names& names, const A&... x) {
    dot_writer<double, Names> w(names);
    const auto draw = [&]<class G>(const char* title, std::type_identity<G>) {
      const numeric_sweeps<program_of<G, A...>> sweeps(x...);
      w.draw_cluster(title, program_of<G, A...>::graph.view(), sweeps.at, sweeps.has_adjoints);
    };
    (draw(Title.text, std::type_identity<F>{}), ...);
    return w.written();
  }
  template <class... A>
  static constexpr std::size_t nodes = (program_of<F, A...>::graph.size + ...);
};

}  // namespace detail

/// Functions of the same arguments for `to_dot` to draw in one picture, beside each other, each under its title: a
/// function and its gradient, or a function before and after a change.
///
///     tl::to_dot<double, double>(tl::side_by_side<"f", "its gradient">(f, tl::gradient(f)))
///
/// A number of titles other than that of the functions is a compile error, and so is a function that holds data.
template <label... Title, class... F>
constexpr auto side_by_side(const F&...) {
  static_assert(sizeof...(Title) == sizeof...(F) && sizeof...(F) > 0,
                "tapeless: tl::side_by_side takes as many functions as it has titles");
  return detail::titled_functions<argument_names<Title...>, F...>{};
}

/// The graph of a function, or of a derivative of one, for arguments of types `A...`, as text for Graphviz's dot: one
/// node for each operation, however often its result is used. Inputs and constants are boxes, results have a double
/// line; operands are numbered where their order matters; tensors have their extents. Names of inputs are as in
/// `to_string`. Several functions, `side_by_side`, are clusters of one graph.
///
///     std::ofstream("f.dot") << tl::to_dot<double, double>(tl::gradient(f));     // dot -Tsvg f.dot > f.svg
template <class... A, class F, label... Name>
constexpr const auto& to_dot(const F&, argument_names<Name...> = {}) {
  return detail::text_of<detail::text_in_form<detail::dot_form, F, argument_names<Name...>, A...>>;
}

/// The same with the value of each node at a point, and, if there is one result, the derivative of the result with
/// respect to it: what the reverse sweep leaves there. Tensors are drawn element by element. Computed in double, node
/// by node; also in a constant expression.
///
///     std::cout << tl::to_dot(f, 1.0, 2.0);
///     std::cout << tl::to_dot(f, tl::names<"u", "v">, 1.0, 2.0);
template <class F, label... Name, class X, class... More>
requires(Structure<X> && (Structure<More> && ...)) constexpr auto to_dot(const F&, argument_names<Name...>, const X& x,
                                                                         const More&... more) {
  // No number of a node's is longer than 24 characters; where there are tensors the plain text is not of their
  // elements.
  constexpr std::size_t longest = detail::has_tensors<X, More...>() ? 300 : 70;
  using names = argument_names<Name...>;
  using plain = detail::text_in_form<detail::dot_form, F, names, X, More...>;
  return detail::bounded<detail::text_of<plain>.size() + detail::dot_at<F>::template nodes<X, More...> * longest>(
      detail::dot_at<F>::written(detail::scalar_names<names, X, More...>{}, x, more...));
}
template <class F, class X, class... More>
requires(Structure<X> && (Structure<More> && ...)) constexpr auto to_dot(const F& f, const X& x, const More&... more) {
  return to_dot(f, argument_names<>{}, x, more...);
}

}  // namespace tapeless

// SPDX-License-Identifier: BSL-1.0
#pragma once

#include <tapeless/print/c_operations.hpp>
#include <tapeless/print/form.hpp>

namespace tapeless {
namespace detail {

constexpr bool same_name(const char* a, const char* b) {
  while (*a && *a == *b) ++a, ++b;
  return *a == *b;
}

/// Writes the program of a value and its gradient as a function in C.
class c_writer {
 public:
  /// `place[k]` is the place of derivative k in the gradient, or `place` is null and it is k; places up to `places`
  /// that have no derivative are 0.
  constexpr c_writer(const program_view& p, const char* name, std::int32_t places, const std::int32_t* place)
      : p_(p), name_(name), places_(places), place_(place) {}

  constexpr text written() {
    out_.append("#include <math.h>\n");
    write_helpers();
    out_.append("\nvoid ").append(name_).append("(const double* x, double* value, double* gradient) {\n");
    for (std::int32_t i = 0; i < p_.size; ++i)
      if (p_[i].op->arity > 0) write_step(i);
    out_.append("  *value = ");
    write_operand(p_.outputs[0]);
    out_.append(";\n");
    for (std::int32_t i = 0; i < places_; ++i) {
      out_.append("  gradient[");
      write_integer(out_, i);
      out_.append("] = ");
      const std::int32_t k = derivative_at(i);
      if (k < 0) out_.append("0.0");
      else write_operand(p_.outputs[k + 1]);
      out_.append(";\n");
    }
    out_.append("}\n");
    return static_cast<text&&>(out_);
  }

 private:
  static constexpr const c_operation* find(const operation_info* op) {
    for (const c_operation& c : c_operations)
      if (c.arity == op->arity && same_name(c.name, op->name)) return &c;
    return nullptr;
  }

  constexpr std::int32_t derivative_at(std::int32_t place) const {
    if (!place_) return place;
    for (std::int32_t k = 0; k + 1 < p_.output_count; ++k)
      if (place_[k] == place) return k;
    return -1;
  }

  constexpr void write_helpers() {
    buffer<const operation_info*> seen;
    bool digamma = false;
    for (std::int32_t i = 0; i < p_.size; ++i)
      digamma = digamma || same_name(p_[i].op->name, "digamma") || same_name(p_[i].op->name, "polygamma");
    if (digamma) write_pattern(c_digamma, nullptr);
    for (std::int32_t i = 0; i < p_.size; ++i) {
      bool known = p_[i].op->arity == 0;
      for (const operation_info* op : seen) known = known || op == p_[i].op;
      if (known) continue;
      seen.push_back(p_[i].op);
      const c_operation* c = find(p_[i].op);
      if (c && c->helper) write_pattern(c->helper, nullptr);
      if (c) continue;
      out_.append("\ndouble ").append(p_[i].op->name).append('(');
      for (int k = 0; k < p_[i].op->arity; ++k) out_.append(k == 0 ? "double" : ", double");
      out_.append(");  /* not an operation of this library: to be supplied */\n");
    }
  }

  constexpr void write_step(std::int32_t i) {
    const node& n = p_[i];
    const element kind = n.shape.kind();
    out_.append("  const ").append(type(kind)).append(" t");
    write_integer(out_, i);
    out_.append(" = ");
    if (kind == element::integer && same_name(n.op->name, "/")) {  // both sides of a choice are computed
      write_pattern("$1 == 0 ? 0 : $1 == -1 ? -$0 : $0 / $1", &n);
    } else if (const c_operation* c = find(n.op)) {
      write_pattern(c->expression, &n);
    } else {
      out_.append(n.op->name);
      for (int k = 0; k < n.op->arity; ++k) {
        out_.append(k == 0 ? "(" : ", ");
        write_operand(n.operand[k]);
      }
      out_.append(')');
    }
    out_.append(";\n");
  }

  static constexpr const char* type(element kind) {
    return kind == element::boolean ? "int" : kind == element::integer ? "long long" : "double";
  }

  constexpr void write_pattern(const char* pattern, const node* n) {
    for (; *pattern; ++pattern) {
      if (*pattern == '$') write_operand(n->operand[*++pattern - '0']);
      else if (*pattern == '@') out_.append(name_);
      else out_.append(*pattern);
    }
  }

  constexpr void write_operand(std::int32_t i) {
    const node& n = p_[i];
    if (n.is_constant()) {
      const bool sign = math::signbit(n.number) && !math::isnan(n.number);
      if (sign) out_.append('(');
      if (n.shape.kind() == element::real)
        write_number(out_, math::at_compile_time::narrowed<double>(n.number), number_form::literal);
      else write_integer(out_, static_cast<long long>(n.number));
      if (sign) out_.append(')');
    } else if (n.is<op::input>()) {
      const element kind = n.shape.kind();
      if (kind == element::integer) out_.append("(long long)");
      if (kind == element::boolean) out_.append('(');
      out_.append("x[");
      write_integer(out_, n.operand[0]);
      out_.append(kind == element::boolean ? "] != 0.0)" : "]");
    } else {
      out_.append('t');
      write_integer(out_, i);
    }
  }

  program_view p_;
  const char* name_;
  std::int32_t places_;
  const std::int32_t* place_;
  text out_;
};

constexpr text c_text(const program_view& whole, const char* name, std::int32_t places,
                      const std::int32_t* place = nullptr) {
  const program less = carried_out(whole);
  return c_writer(less.outputs.size() ? less.view() : whole, name, places, place).written();
}

/// Where derivatives go among the scalars of the chosen arguments, those of data included.
template <class Program>
struct chosen_scalars;
template <class F, std::size_t... I, yield Yield, class... A>
struct chosen_scalars<gradient_program<F, selection<I...>, Yield, A...>> {
  using program_type = gradient_program<F, selection<I...>, Yield, A...>;
  std::int32_t count = 0;
  std::int32_t place[program_type::derivatives + 1]{};

  constexpr chosen_scalars() {
    const auto& all = program_type::arguments;
    std::int32_t next = 0;
    for (const std::size_t chosen : {I...})
      for (std::size_t leaf = 0; leaf < all.count.leaves; ++leaf) {
        if (all.argument[leaf] != chosen) continue;
        if (all.real[leaf]) place[next++] = count;
        ++count;
      }
  }
};

template <label Name, class F, class Wrt, class... A>
struct c_function {
  static_assert(check_printable<F>());
  using program_type = value_and_gradient_program<F, Wrt, A...>;
  static constexpr text make() {
    const program_view& p = program_type::graph.view();
    if constexpr (std::is_same_v<Wrt, selection<>>) {
      return c_text(p, Name.text, static_cast<std::int32_t>(layout<A...>::count.leaves), program_type::targets.place);
    } else {
      const chosen_scalars<program_type> chosen;
      return c_text(p, Name.text, chosen.count, chosen.place);
    }
  }
};

}  // namespace detail

/// Value and gradient of a scalar-valued function as text in C99, complete with what it needs beyond <math.h>:
///
///     void name(const double* x, double* value, double* gradient);
///
/// x and gradient hold the scalars of the arguments one after the other: arguments in their order, arrays, tuples and
/// Hana structs from their first element or member to their last; what is done to tensors is done to their elements.
/// Integers, bools and enums are among them; their entries in the gradient are 0. `wrt` chooses as for `gradient`: then
/// the gradient holds the scalars of the chosen arguments only, in the order in which they are named. The three
/// pointers do not overlap.
///
/// The function is straight-line code, one line for each operation of `value_and_gradient(f)`, in double whatever the
/// arguments' type. Operations that C has are C's, and so has their accuracy: results agree with ours but for
/// rounding; integers are long long. `polygamma` is for positive numbers only, elsewhere NaN. An operation of the
/// user's is declared as a function of its name, which C has to be given. What cannot be differentiated or recorded, or
/// holds data, is a compile error that says why.
///
///     std::ofstream("f.c") << tl::to_c<"f", double, std::array<double, 3>>(f);
///     std::ofstream("g.c") << tl::to_c<"g", double, std::array<double, 3>>(f, tl::wrt<1>);  // gradient[3]
template <label Name, class... A, class F, detail::Selection Wrt = selection<>>
constexpr const auto& to_c(const F&, const Wrt& = {}) {
  return detail::text_of<detail::c_function<Name, F, detail::chosen_t<Wrt>, A...>>;
}

}  // namespace tapeless

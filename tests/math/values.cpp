// SPDX-License-Identifier: BSL-1.0
//
// Representative values: in constant expressions against literals, and at run time against constant expressions.

#include <catch.hpp>

#include <limits>

#include <tapeless/math/math.hpp>

namespace {

namespace m = tapeless::math;

/// Within some ulp of the expected value; a type wider than 64 bits need not use its bits.
template <class T>
constexpr bool close(T x, long double expected, int ulps = 1) {
  constexpr T ulp = m::max(std::numeric_limits<T>::epsilon(), static_cast<T>(0x1p-63));
  return m::abs(x - static_cast<T>(expected)) <= static_cast<T>(ulps) * ulp * m::abs(static_cast<T>(expected));
}

/// A few ulp of double, at most of T.
template <class T>
constexpr int double_ulps = std::numeric_limits<T>::digits > 53 ? 8 << 11 : 8;

/// psi_n(x + 1) = psi_n(x) + (-1)^n n!/x^(n+1), and for n > 0 2^(n+1) psi_n(2x) = psi_n(x) + psi_n(x + 1/2), if n
/// <= 12.
template <class T>
constexpr bool polygamma_recurs_and_doubles(T x) {
  using m::at_compile_time::polygamma;
  constexpr T ulp = m::max(std::numeric_limits<T>::epsilon(), static_cast<T>(0x1p-63));
  T step = 1 / x, power = 2;
  for (int n = 0; n <= 12; ++n, step *= -static_cast<T>(n) / x, power *= 2) {
    const T at = polygamma(n, x), half = polygamma(n, x + T{0.5}), allowed = static_cast<T>(n + 2) * ulp;
    const T next = m::abs(polygamma(n, x + 1) - at - step), twice = m::abs(power * polygamma(n, 2 * x) - at - half);
    if (next > allowed * (m::abs(at) + m::abs(step))) return false;
    if (n > 0 && twice > allowed * (m::abs(at) + m::abs(half))) return false;
  }
  return true;
}

/// A number the optimiser does not see through.
template <class T>
T opaque(T x) {
  volatile T y = x;
  return y;
}

/// Does the C library's f agree with ours at some points of (0, 1)?
template <class T, class F>
bool agrees(F f, int ulps = 4) {
  constexpr T x[] = {T{0.0078125}, T{0.1875}, T{0.5}, T{0.71875}, T{0.96875}};
  constexpr T y[] = {F{}(x[0]), F{}(x[1]), F{}(x[2]), F{}(x[3]), F{}(x[4])};
  bool good = true;
  for (int i = 0; i < 5; ++i) good = good && close(f(opaque(x[i])), static_cast<long double>(y[i]), ulps);
  return good;
}

}  // namespace

// clang-format off
TEMPLATE_TEST_CASE("values in constant expressions", "", float, double, long double) {
  using T = TestType;
  STATIC_REQUIRE(close(m::exp(T{1.5}), 4.48168907033806482260205546012L));
  STATIC_REQUIRE(close(m::exp(T{-0.015625}), 0.984496437005408405986988829697L));
  STATIC_REQUIRE(close(m::exp(T{-20.25}), 1.60522805518561160865393430911e-9L));
  STATIC_REQUIRE(close(m::exp(T{80}), 5.54062238439351005257117339583e+34L));
  STATIC_REQUIRE(close(m::exp2(T{0.3125}), 1.24185781207348404859367746873L));
  STATIC_REQUIRE(close(m::exp2(T{-7.75}), 0.00464534029297937916686523426000L));
  STATIC_REQUIRE(close(m::exp10(T{0.3125}), 2.05352502645714607460575234830L));
  STATIC_REQUIRE(close(m::exp10(T{-7.75}), 1.77827941003892280122542119519e-8L));
  STATIC_REQUIRE(close(m::expm1(T{0.03125}), 0.0317434074991026709387478152815L));
  STATIC_REQUIRE(close(m::expm1(T{-0.75}), -0.527633447258985292861953449057L));
  STATIC_REQUIRE(close(m::expm1(T{5.5}), 243.691932264220387915188949512L));
  STATIC_REQUIRE(close(m::log(T{3}), 1.09861228866810969139524523692L));
  STATIC_REQUIRE(close(m::log(T{0.9375}), -0.0645385211375711716729239156840L));
  STATIC_REQUIRE(close(m::log(T{0x1.79ca1p-67}), -46.0517018916153916450015808650L));
  STATIC_REQUIRE(close(m::log(T{1.0078125}), 0.00778214044205494894746290006114L));
  STATIC_REQUIRE(close(m::log2(T{3}), 1.58496250072115618145373894395L));
  STATIC_REQUIRE(close(m::log2(T{0.9375}), -0.0931094043914814706759416265628L));
  STATIC_REQUIRE(close(m::log10(T{3}), 0.477121254719662437295027903255L));
  STATIC_REQUIRE(close(m::log10(T{0.9375}), -0.0280287236002435387736665703673L));
  STATIC_REQUIRE(close(m::log1p(T{0.03125}), 0.0307716586667536883710282075968L));
  STATIC_REQUIRE(close(m::log1p(T{-0.75}), -1.38629436111989061883446424292L));
  STATIC_REQUIRE(close(m::log1p(T{5.5}), 1.87180217690159142663625532011L));
  STATIC_REQUIRE(close(m::sqrt(T{2}), 1.41421356237309504880168872421L));
  STATIC_REQUIRE(close(m::sqrt(T{0x1.043562p+68}), 17320508249.2478609949403270807L));
  STATIC_REQUIRE(close(m::rsqrt(T{2}), 0.707106781186547524400844362105L));
  STATIC_REQUIRE(close(m::rsqrt(T{3}), 0.577350269189625764509148780502L));
  STATIC_REQUIRE(close(m::cbrt(T{2}), 1.25992104989487316476721060728L));
  STATIC_REQUIRE(close(m::cbrt(T{-0.75}), -0.908560296416069829445605878164L));
  STATIC_REQUIRE(close(m::sin(T{2}), 0.909297426825681695396019865912L));
  STATIC_REQUIRE(close(m::sin(T{-0.75}), -0.681638760023334166733241952780L));
  STATIC_REQUIRE(close(m::sin(T{355}), -3.01443533594884492143302800087e-5L));
  STATIC_REQUIRE(close(m::sin(T{1048576}), 0.330493140021734671639730959071L));
  STATIC_REQUIRE(close(m::sin(T{0x1.0f0cfp+73}), -0.734081535296101525955768907693L));
  STATIC_REQUIRE(close(m::cos(T{2}), -0.416146836547142386997568229501L));
  STATIC_REQUIRE(close(m::cos(T{11}), 0.00442569798805078574835502472394L));
  STATIC_REQUIRE(close(m::cos(T{0x1.0f0cfp+73}), 0.679061337095050972195448991733L));
  STATIC_REQUIRE(close(m::tan(T{2}), -2.18503986326151899164330610231L));
  STATIC_REQUIRE(close(m::tan(T{11}), -225.950846454195142025795483203L));
  STATIC_REQUIRE(close(m::tan(T{0x1.0f0cfp+73}), -1.08102390048654640640806556102L));
  STATIC_REQUIRE(close(m::asin(T{0.3125}), 0.317823703927880753183417470636L));
  STATIC_REQUIRE(close(m::asin(T{-0.96875}), -1.32014066445876582548218771893L));
  STATIC_REQUIRE(close(m::acos(T{0.3125}), 1.25297262286701586604790422100L));
  STATIC_REQUIRE(close(m::acos(T{-0.96875}), 2.89093699125366244471350941057L));
  STATIC_REQUIRE(close(m::atan(T{0.3125}), 0.302884868374971405560556094506L));
  STATIC_REQUIRE(close(m::atan(T{-7.75}), -1.44247309910910182002529205994L));
  STATIC_REQUIRE(close(m::sinh(T{0.3125}), 0.317611156113577285839598676115L));
  STATIC_REQUIRE(close(m::sinh(T{-7.75}), -1160.78599193425808533255719118L));
  STATIC_REQUIRE(close(m::cosh(T{0.3125}), 1.04922678506021907699915809661L));
  STATIC_REQUIRE(close(m::cosh(T{-7.75}), 1160.78642267679866102009404359L));
  STATIC_REQUIRE(close(m::tanh(T{0.3125}), 0.302709729332108487242397389710L));
  STATIC_REQUIRE(close(m::tanh(T{-7.75}), -0.999999628921796326333746973891L));
  STATIC_REQUIRE(close(m::tanh(T{0.015625}), 0.0156237285584088652023488311763L));
  STATIC_REQUIRE(close(m::asinh(T{0.3125}), 0.307625067388619122055437396862L));
  STATIC_REQUIRE(close(m::asinh(T{-7.75}), -2.74497660511197694945277829721L));
  STATIC_REQUIRE(close(m::asinh(T{0.015625}), 0.0156243642869614400052169342969L));
  STATIC_REQUIRE(close(m::acosh(T{1.0078125}), 0.124918762511080617606418193884L));
  STATIC_REQUIRE(close(m::acosh(T{7.75}), 2.73665146248920556040148045776L));
  STATIC_REQUIRE(close(m::atanh(T{0.3125}), 0.323313582462526226219327201200L));
  STATIC_REQUIRE(close(m::atanh(T{-0.96875}), -2.07156736319576634394792160864L));
  STATIC_REQUIRE(close(m::atanh(T{0.0078125}), 0.00781265895154042091032347127604L));
  STATIC_REQUIRE(close(m::erf(T{0.3125}), 0.341468633501595006293337130495L));
  STATIC_REQUIRE(close(m::erf(T{-1.75}), -0.986671671219182443772211100129L));
  STATIC_REQUIRE(close(m::erf(T{3}), 0.999977909503001414558627223870L));
  STATIC_REQUIRE(close(m::erfc(T{0.3125}), 0.658531366498404993706662869505L));
  STATIC_REQUIRE(close(m::erfc(T{-1.75}), 1.98667167121918244377221110013L));
  STATIC_REQUIRE(close(m::erfc(T{3}), 2.20904969985854413727761295823e-5L));
  STATIC_REQUIRE(close(m::erfc(T{9}), 4.13703174651381023805390346736e-37L));
  STATIC_REQUIRE(close(m::tgamma(T{0.3125}), 2.86609174393702724589949909355L));
  STATIC_REQUIRE(close(m::tgamma(T{-1.75}), 2.76236945388335871385195059495L));
  STATIC_REQUIRE(close(m::tgamma(T{-0.5}), -3.54490770181103205459633496668L));  // -2 sqrt(pi)
  STATIC_REQUIRE(close(m::tgamma(T{4.5}), 11.6317283965674489291442241094L));
  STATIC_REQUIRE(close(m::tgamma(T{20.25}), 256040133328476465.589568188447L));
  STATIC_REQUIRE(close(m::lgamma(T{0.3125}), 1.05294934003704933961334431164L));
  STATIC_REQUIRE(close(m::lgamma(T{-1.75}), 1.01608880921443569853894094569L));
  STATIC_REQUIRE(close(m::lgamma(T{4.5}), 2.45373657084244222050414250344L));
  STATIC_REQUIRE(close(m::lgamma(T{1000.25}), 5906.94726827111717699648724696L));
  STATIC_REQUIRE(close(m::digamma(T{0.3125}), -3.35510557620983991632940064884L));
  STATIC_REQUIRE(close(m::digamma(T{-1.75}), -2.32269162861436064618476824133L));
  STATIC_REQUIRE(close(m::digamma(T{4.5}), 1.38887092635952890151140461938L));
  STATIC_REQUIRE(close(m::digamma(T{1000.25}), 6.90750528941442825810872565352L));
  STATIC_REQUIRE(close(m::digamma(T{1.4375}), -0.0236135440052978991417298942152L));
  STATIC_REQUIRE(close(m::polygamma(1, T{1}), 1.64493406684822643647241516665L));    // pi^2/6
  STATIC_REQUIRE(close(m::polygamma(1, T{0.5}), 4.93480220054467930941724549994L));  // pi^2/2
  STATIC_REQUIRE(close(m::polygamma(2, T{1}), -2.40411380631918857079947632302L));   // -2 zeta(3)
  STATIC_REQUIRE(close(m::polygamma(1, T{0.3125}), 11.3594580051556561084383556210L));
  STATIC_REQUIRE(close(m::polygamma(1, T{-1.75}), 19.3016375445297864762327703665L));
  STATIC_REQUIRE(close(m::polygamma(2, T{4.5}), -0.0615568213210276945489311729409L));
  STATIC_REQUIRE(close(m::polygamma(2, T{-1.25}), 123.721366783662360368567293090L));
  STATIC_REQUIRE(close(m::polygamma(3, T{1000.25}), 2.00149974906255571286856626035e-9L));
  STATIC_REQUIRE(close(m::polygamma(3, T{-20.25}), 1558.54523294389019634149037828L));
  STATIC_REQUIRE(close(m::polygamma(12, T{9.5}), -0.000130781044908199413183715865L));
  STATIC_REQUIRE(close(m::polygamma(12, T{-9.25}), 32145233093874118.3368054657237L));
  STATIC_REQUIRE(close(m::pow(T{3}, T{2.5}), 15.5884572681198956417470170736L));
  STATIC_REQUIRE(close(m::pow(T{0.9375}, T{-100.5}), 655.974144520015077853053150067L));
  STATIC_REQUIRE(close(m::pow(T{-1.5}, T{21}), -4987.88509511947631835937500000L));
  STATIC_REQUIRE(close(m::atan2(T{1}, T{-3}), 2.81984209919315104506123876892L));
  STATIC_REQUIRE(close(m::atan2(T{-0.75}, T{0.09375}), -1.44644133224813518419996684248L));
  STATIC_REQUIRE(close(m::hypot(T{1}, T{3}), 3.16227766016837933199889354443L));
  STATIC_REQUIRE(close(m::powi(T{1.125}, -77), 0.000115147833606248767585226540841L));
  STATIC_REQUIRE(close(m::hypot(T{1}, T{3}, T{5}), 5.91607978309961604256732829156L));
}
// clang-format on

TEMPLATE_TEST_CASE("laws of polygamma", "", float, double, long double) {
  using T = TestType;
  STATIC_REQUIRE(polygamma_recurs_and_doubles(T{-3.8125}));
  for (const T x : {T{0.046875}, T{1.5625}, T{5.375}, T{17.75}, T{40.25}, T{-0.4375}, T{-0.8125}, T{-5.1875}}) {
    CAPTURE(x);
    CHECK(polygamma_recurs_and_doubles(x));
    for (int n = 0; n <= 12; ++n) {
      CAPTURE(n);
      CHECK(
          close(m::polygamma(n, x), static_cast<long double>(m::at_compile_time::polygamma(n, x)), 4 * double_ulps<T>));
    }
    CHECK(m::polygamma(40, x) == m::at_compile_time::polygamma(40, x));
  }
}

TEST_CASE("values at the limits of each type") {
  STATIC_REQUIRE((m::exp(88.72283f) < m::infinity<float> && m::exp(88.72284f) == m::infinity<float>));
  STATIC_REQUIRE((m::exp(-103.97208f) > 0 && m::exp(-103.97209f) == 0));
  STATIC_REQUIRE((m::exp(709.782712893384) < m::infinity<double> && m::exp(709.7827128933841) == m::infinity<double>));
  STATIC_REQUIRE((m::exp(-745.1332191019411) == 0x1p-1074 && m::exp(-745.1332191019412) == 0));
  STATIC_REQUIRE(m::exp(-708.75) == 0x0.b3c15564d094bp-1022);
  STATIC_REQUIRE(
      (m::tgamma(171.62437695630271) < m::infinity<double> && m::tgamma(171.6243769563028) == m::infinity<double>));
  STATIC_REQUIRE((m::tgamma(35.0401f) == m::infinity<float> && m::tgamma(35.04f) < m::infinity<float>));
  STATIC_REQUIRE((m::erfc(27.226) == 0x1p-1074 && m::erfc(27.24) == 0));
  STATIC_REQUIRE(
      (m::sinh(710.4758600739439) < m::infinity<double> && m::sinh(710.475860073944) == m::infinity<double>));
  STATIC_REQUIRE(m::sin(1.7976931348623157e308) == 0.0049619547891840618);
  STATIC_REQUIRE(m::tan(1.5707963267948966) == 16331239353195370.0);
  STATIC_REQUIRE(m::cos(6381956970095103.0 * 0x1p797) == -4.6871659242546276e-19);  // closest to a multiple of pi/2
  STATIC_REQUIRE(close(m::polygamma(40, -30.25), 3.94552421014626834267111839826e72L));
  STATIC_REQUIRE(close(m::polygamma(80, -60.25), 4.18395514623993095914293516824e167L));
  STATIC_REQUIRE(close(m::polygamma(80, 100.5), -8.70934156905672985600053959223e-44L));
  STATIC_REQUIRE(close(m::polygamma(12, -65536.5), -6.35794883729702176103118460184e-51L));  // the cotangent is zero
  STATIC_REQUIRE(m::pow(0x1p-1074, 0.5) == 0x1p-537);
  STATIC_REQUIRE(m::sqrt(0x1p-1074) == 0x1p-537);
  if constexpr (std::numeric_limits<long double>::max_exponent == 16384) {
    STATIC_REQUIRE(close(m::exp(1000.0L), 1.97007111401704699388887935224332e434L));
    STATIC_REQUIRE(close(m::exp(-11000.0L), 5.76366942916818369627282296096127e-4778L));
    STATIC_REQUIRE(close(m::log(0x1p16383L), 11355.8302591135840041825138458493L));
    STATIC_REQUIRE(m::sqrt(0x1p16382L) == 0x1p8191L);
    STATIC_REQUIRE(m::hypot(0x3p16380L, 0x4p16380L) == 0x5p16380L);
    STATIC_REQUIRE(m::ldexp(1.0L, -16445) > 0);
  }
}

TEMPLATE_TEST_CASE("values at run time", "", float, double, long double) {
  using T = TestType;
  REQUIRE(agrees<T>([](T x) { return m::exp(x); }));
  REQUIRE(agrees<T>([](T x) { return m::exp2(x); }));
  REQUIRE(agrees<T>([](T x) { return m::exp10(x); }));
  REQUIRE(agrees<T>([](T x) { return m::expm1(x); }));
  REQUIRE(agrees<T>([](T x) { return m::log(x); }));
  REQUIRE(agrees<T>([](T x) { return m::log2(x); }));
  REQUIRE(agrees<T>([](T x) { return m::log10(x); }));
  REQUIRE(agrees<T>([](T x) { return m::log1p(x); }));
  REQUIRE(agrees<T>([](T x) { return m::sqrt(x); }));
  REQUIRE(agrees<T>([](T x) { return m::rsqrt(x); }));
  REQUIRE(agrees<T>([](T x) { return m::cbrt(x); }));
  REQUIRE(agrees<T>([](T x) { return m::sin(x); }));
  REQUIRE(agrees<T>([](T x) { return m::cos(x); }));
  REQUIRE(agrees<T>([](T x) { return m::tan(x); }));
  REQUIRE(agrees<T>([](T x) { return m::asin(x); }));
  REQUIRE(agrees<T>([](T x) { return m::atan(x); }));
  REQUIRE(agrees<T>([](T x) { return m::acos(x); }));
  REQUIRE(agrees<T>([](T x) { return m::sinh(x); }));
  REQUIRE(agrees<T>([](T x) { return m::cosh(x); }));
  REQUIRE(agrees<T>([](T x) { return m::tanh(x); }));
  REQUIRE(agrees<T>([](T x) { return m::asinh(x); }));
  REQUIRE(agrees<T>([](T x) { return m::atanh(x); }));
  REQUIRE(agrees<T>([](T x) { return m::erf(x); }));
  REQUIRE(agrees<T>([](T x) { return m::erfc(x); }));
  REQUIRE(agrees<T>([](T x) { return m::digamma(x); }, double_ulps<T>));
  REQUIRE(agrees<T>([](T x) { return m::polygamma(1, x); }, double_ulps<T>));
  REQUIRE(agrees<T>([](T x) { return m::polygamma(2, -x); }, 2 * double_ulps<T>));
  REQUIRE(agrees<T>([](T x) { return m::floor(x); }));
  REQUIRE(agrees<T>([](T x) { return m::ceil(x); }));
  REQUIRE(agrees<T>([](T x) { return m::trunc(x); }));
  REQUIRE(agrees<T>([](T x) { return m::round(x); }));
  REQUIRE(agrees<T>([](T x) { return m::acosh(x + 1); }));
  REQUIRE(agrees<T>([](T x) { return m::tgamma(x); }, 10));
  REQUIRE(agrees<T>([](T x) { return m::lgamma(x); }, 10));
  REQUIRE(agrees<T>([](T x) { return m::pow(x, T{2.5}); }));
  REQUIRE(agrees<T>([](T x) { return m::powi(x, -3); }));
  REQUIRE(agrees<T>([](T x) { return m::atan2(x, T{-2}); }));
  REQUIRE(agrees<T>([](T x) { return m::hypot(x, T{2}); }));
  REQUIRE(agrees<T>([](T x) { return m::hypot(x, T{2}, T{3}); }));
  REQUIRE(agrees<T>([](T x) { return m::fma(x, x, T{1}); }));
  REQUIRE(agrees<T>([](T x) { return m::fmod(T{3}, x); }));
  REQUIRE(agrees<T>([](T x) { return m::remainder(T{3}, x); }));
  REQUIRE(agrees<T>([](T x) { return m::fdim(x, T{0.25}); }));
  REQUIRE(agrees<T>([](T x) { return m::lerp(T{1}, T{2}, x); }));
  REQUIRE(agrees<T>([](T x) { return m::ldexp(x, -3); }));
  REQUIRE(agrees<T>([](T x) { return m::abs(-x); }));
  REQUIRE(agrees<T>([](T x) { return m::copysign(x, T{-1}); }));
  REQUIRE(agrees<T>([](T x) { return m::min(x, T{0.25}) + m::max(x, T{0.25}); }));
}

TEMPLATE_TEST_CASE("digamma at run time has the special values of constant expressions", "", float, double,
                   long double) {
  using T = TestType;
  REQUIRE(m::digamma(opaque(T{0})) == -m::infinity<T>);
  REQUIRE(m::digamma(opaque(-T{0})) == m::infinity<T>);
  REQUIRE(m::digamma(opaque(m::infinity<T>)) == m::infinity<T>);
  REQUIRE(m::isnan(m::digamma(opaque(T{-3}))));
  REQUIRE(m::isnan(m::digamma(opaque(-m::infinity<T>))));
  REQUIRE(m::isnan(m::digamma(opaque(m::not_a_number<T>))));
  REQUIRE(close(m::digamma(opaque(T{-1.75})), static_cast<long double>(m::digamma(T{-1.75})), double_ulps<T>));
  REQUIRE(close(m::digamma(opaque(T{4.5})), static_cast<long double>(m::digamma(T{4.5})), double_ulps<T>));
  REQUIRE(close(m::digamma(opaque(T{1000.25})), static_cast<long double>(m::digamma(T{1000.25})), double_ulps<T>));
}

TEMPLATE_TEST_CASE("polygamma at run time has the special values of constant expressions", "", float, double,
                   long double) {
  using T = TestType;
  const auto at = [](int n, T x) { return m::polygamma(opaque(n), opaque(x)); };
  constexpr T inf = m::infinity<T>;
  REQUIRE((at(1, T{0}) == inf && at(1, -T{0}) == inf && at(3, T{-2}) == inf));
  REQUIRE((at(2, T{0}) == -inf && at(2, -T{0}) == inf && m::isnan(at(2, T{-2}))));
  REQUIRE((at(1, inf) == 0 && !m::signbit(at(1, inf)) && at(2, inf) == 0 && m::signbit(at(2, inf))));
  REQUIRE((m::isnan(at(1, -inf)) && m::isnan(at(2, -inf)) && m::isnan(at(1, m::not_a_number<T>))));
  REQUIRE((m::isnan(at(-1, T{1})) && m::isnan(at(std::numeric_limits<int>::min(), T{1}))));
  REQUIRE((at(0, T{4.5}) == m::digamma(opaque(T{4.5})) && at(std::numeric_limits<int>::max(), T{1}) == inf));
  REQUIRE((at(1, std::numeric_limits<T>::denorm_min()) == inf && at(2, -std::numeric_limits<T>::min()) == inf));
  const T far = at(1, std::numeric_limits<T>::max());
  REQUIRE((far > 0 && far * std::numeric_limits<T>::max() > T{0.875}));
}

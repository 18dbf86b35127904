#include "domain/base/digest.h"

#include <gtest/gtest.h>

namespace tallyman {
namespace {

// The values of RFC 7693's and FIPS 180-4's example text, as any other implementation prints them.
TEST(Digest, IsWhatOtherProgramsCompute) {
  EXPECT_EQ(sha256_hex("abc"), "ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad");
  EXPECT_EQ(blake2b_hex("abc"), "bddd813c634239723171ef3fee98579b94964e3bb1cb3e427262c8c068d52319");
  EXPECT_EQ(blake2b_hex(""), "0e5751c026e543b2e8ab2eb06099daa1d1e5df47778f7787faab45cdf12fe3a8");
}

}  // namespace
}  // namespace tallyman

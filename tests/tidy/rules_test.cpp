// Every rule is shown a small bad tree and must fire, and a good one and must not.
#include <unistd.h>

#include <filesystem>
#include <fstream>
#include <string>
#include <utility>
#include <vector>

#include <gtest/gtest.h>

#include "tidy/rules.h"

namespace tallyman::tidy {
namespace {

namespace fs = std::filesystem;

constexpr std::string_view kHouse = R"(
| room | folder | may include | what |
|---|---|---|---|
| base | src/domain/base | | values |
| orders | src/domain/orders | base | orders |
| ports | src/ports | domain | ports |
| cli | src/cli | everything | commands |
| sandbox | sandbox | base | the pretend world |

| header | only in | why |
|---|---|---|
| `tl/`, `fmt/` | anywhere | small |
| `boost/` | sandbox | slow |
| `boost/json` | src/cli, sandbox | slow |
)";

// A tree in which every room has one good file; a test adds what it is about.
class Tree {
 public:
  Tree() {
    auto name = (fs::temp_directory_path() / "tidy-XXXXXX").string();
    root_ = ::mkdtemp(name.data());
    write("ARCHITECTURE.md", kHouse);
    write("src/domain/base/ids.h", good("ids"));
    write("src/domain/orders/order.h", good("order"));
    write("src/ports/clock.h", good("clock"));
    write("src/cli/run.h", good("run"));
    write("sandbox/world.h", good("world"));
    exceptions("at most | 0\n");
  }
  ~Tree() { fs::remove_all(root_); }
  Tree(const Tree&) = delete;
  Tree& operator=(const Tree&) = delete;

  static std::string good(const std::string& what) {
    return "// Why " + what + " exists.\n#pragma once\n";
  }
  void write(const std::string& path, std::string_view text) const {
    fs::create_directories((root_ / path).parent_path());
    std::ofstream(root_ / path) << text;
  }
  void exceptions(std::string_view text) const { write("tests/tidy/exceptions.txt", text); }
  void remove(const std::string& path) const { fs::remove_all(root_ / path); }

  // "rule file:line" of everything found.
  std::vector<std::string> found() const {
    std::vector<std::string> rows;
    for (const auto& one : inspect(root_)) {
      rows.push_back(one.rule + " " + one.file + ":" + std::to_string(one.line));
    }
    return rows;
  }

 private:
  fs::path root_;
};

using Rows = std::vector<std::string>;

TEST(Rules, FindNothingInAGoodTree) { EXPECT_EQ(Tree{}.found(), Rows{}); }

struct Case {
  std::string name;
  std::string path;
  std::string text;
  Rows expected;
};

std::string name_of(const testing::TestParamInfo<Case>& row) { return row.param.name; }

class OneFile : public testing::TestWithParam<Case> {};

TEST_P(OneFile, IsJudgedAsExpected) {
  const Tree tree;
  tree.write(GetParam().path, GetParam().text);
  EXPECT_EQ(tree.found(), GetParam().expected) << GetParam().text;
}

// A line of a .cpp file in this folder, and the rule that must fire on it; "" for none.
Case line(std::string name, const std::string& folder, const std::string& text,
          const std::string& rule) {
  const auto path = folder + "/a.cpp";
  return {std::move(name), path, text + "\n",
          rule.empty() ? Rows{} : Rows{rule + " " + path + ":1"}};
}

const std::string kOrders = "src/domain/orders";
const std::string kPorts = "src/ports";

INSTANTIATE_TEST_SUITE_P(
    Includes, OneFile,
    testing::Values(line("AllowedRoom", kOrders, "#include \"domain/base/ids.h\"", ""),
                    line("OwnRoom", kOrders, "#include \"domain/orders/order.h\"", ""),
                    line("RoomOutsideTheDomain", kOrders, "#include \"ports/clock.h\"", "include"),
                    line("GroupOfRooms", kPorts, "#include \"domain/orders/order.h\"", ""),
                    line("UpTheStairs", kPorts, "#include \"cli/run.h\"", "include"),
                    line("EverythingForTheTop", "src/cli", "#include \"sandbox/world.h\"", ""),
                    line("SandboxBeyondItsList", "sandbox", "#include \"domain/orders/order.h\"",
                         "include"),
                    line("NoRoom", kPorts, "#include \"nowhere/a.h\"", "include"),
                    line("NotFromSrc", kPorts, "#include \"clock.h\"", "include"),
                    line("Dots", kPorts, "#include \"../ports/clock.h\"", "include"),
                    line("InAComment", kOrders, "// #include \"ports/clock.h\"", ""),
                    line("StandardHeader", kPorts, "#include <thread>", ""),
                    line("ImpureStandardHeader", kOrders, "#include <thread>", "pure"),
                    line("LibraryForAll", kOrders, "#include <fmt/format.h>", ""),
                    line("LibraryInTheWrongRoom", kPorts, "#include <boost/json.hpp>", "header"),
                    line("LibraryInItsRoom", "src/cli", "#include <boost/json.hpp>", ""),
                    line("LongestPrefixCounts", "src/cli", "#include <boost/beast.hpp>", "header"),
                    line("UnlistedLibrary", "src/cli", "#include <curl/curl.h>", "header")),
    name_of);

INSTANTIATE_TEST_SUITE_P(
    Words, OneFile,
    testing::Values(
        line("Todo", kPorts,
             "// TO"
             "DO later",
             "unfinished"),
        line("NotImplemented", kPorts,
             "throw Error{\"not imple"
             "mented\"};",
             "unfinished"),
        line("Manager", kPorts, "class SyncManager {};", "name"),
        line("ServiceClass", kPorts, "struct OrderService {};", "name"),
        line("ServiceCodeIsAWordOfShipStation", kPorts, "std::string service_code;", ""),
        line("HelpersNamespace", kPorts, "namespace tallyman::helpers {}", "name"),
        line("UsingStd", kPorts, "using namespace std;", "namespace"),
        line("UsingLiterals", kPorts, "using namespace std::chrono_literals;", ""),
        line("New", kPorts, "auto* p = new Order();", "ownership"),
        line("NewForAPrivateConstructor", kPorts, "auto p = std::unique_ptr<Order>(new Order);",
             ""),
        line("NewForAPrivateConstructorBelow", kPorts,
             "std::unique_ptr<Order> p(\n    new Order(1));", ""),
        Case{"NewInSql", "src/ports/a.sql", "-- when a new row comes\n", {}},
        line("NewInWords", kPorts, "const int new_orders = 1;  // a new order", ""),
        line("Delete", kPorts, "void f(int* p) { delete p; }", "ownership"),
        line("DeleteArray", kPorts, "  delete[] p;", "ownership"),
        line("DeletedFunction", kPorts, "Order(const Order&) = delete;", ""),
        line("SharedWithoutASentence", kPorts, "std::shared_ptr<Order> order;", "ownership"),
        line("SharedWithOne", kPorts, "std::shared_ptr<Order> order;  // its session and timer",
             ""),
        line("Cout", kPorts, "std::cout << 1;", "output"),
        line("Printf", kPorts, "std::fprintf(stderr, \"x\");", "output"),
        line("Snprintf", kPorts, "std::snprintf(buffer, 4, \"x\");", ""),
        line("DoorsMaySpeak", "src/cli", "std::cout << 1;", ""),
        line("Sleep", kPorts, "std::this_thread::sleep_for(1s);", "sleep"),
        line("Detach", kPorts, "thread.detach();", "detach"),
        line("System", kPorts, "std::system(\"ls\");", "system"),
        line("SystemClock", kPorts, "std::chrono::system_clock::now();", ""),
        line("PlainEnum", kPorts, "enum Colour { red };", "enum"),
        line("EnumClass", kPorts, "enum class Colour { red };", "")),
    name_of);

INSTANTIATE_TEST_SUITE_P(
    Domain, OneFile,
    testing::Values(
        line("Clock", kOrders, "auto now = std::chrono::system_clock::now();", "pure"),
        line("CTime", kOrders, "auto now = std::time(nullptr);", "pure"),
        line("TimeAsAName", kOrders, "auto at = order.time();", ""),
        line("Rand", kOrders, "int x = rand();", "pure"),
        line("RandomDevice", kOrders, "std::random_device device;", "pure"),
        line("Thread", kOrders, "std::jthread thread;", "pure"),
        line("Environment", kOrders, "auto home = std::getenv(\"HOME\");", "pure"),
        line("File", kOrders, "std::ifstream in;", "pure"),
        line("Double", kOrders, "double price = 1;", "float"),
        line("InAComment", kOrders, "// std::time(nullptr) would be wrong; double too", ""),
        line("InALiteral", kOrders, "constexpr auto k = \"rand() and 10'000 double\";", "")),
    name_of);

INSTANTIATE_TEST_SUITE_P(
    Sql, OneFile,
    testing::Values(
        line("Select", kPorts, "auto s = \"SELECT id FROM orders_inbox\";", "sql"),
        line("RawLiteral", kPorts, "auto s = R\"sql(\n  UPDATE orders_inbox SET a = 1)sql\";",
             "sql"),
        line("SmallLetters", kPorts, "auto s = \"insert into runs (id) values (1)\";", "sql"),
        line("SmallSelect", kPorts, "auto s = \"select id, name from runs\";", "sql"),
        line("English", kPorts, "auto s = \"select a lot, update the status, delete it\";", ""),
        line("InAComment", kPorts, "// SELECT id FROM orders_inbox", "")),
    name_of);

std::string repeated(int times, const std::string& text) {
  std::string all;
  for (int count = 0; count < times; ++count) all += text;
  return all;
}

INSTANTIATE_TEST_SUITE_P(
    Shape, OneFile,
    testing::Values(
        Case{"SixHundredLines", "src/ports/a.cpp", repeated(600, "int a;\n"), {}},
        Case{"MoreLines",
             "src/ports/a.cpp",
             repeated(601, "int a;\n"),
             {"length src/ports/a.cpp:0"}},
        line("HundredColumns", kPorts, repeated(100, "x"), ""),
        line("MoreColumns", kPorts, repeated(101, "x"), "columns"),
        line("ColumnsAreCharacters", kPorts, "// " + repeated(97, "ü"), ""),
        line("LongAddress", kPorts, "// https://example.org/" + repeated(100, "x"), ""),
        Case{"HeaderWithoutAWhy", "src/ports/a.h", "#pragma once\n", {"opening src/ports/a.h:1"}},
        Case{"HeaderWithoutPragma", "src/ports/a.h", "// Why.\n", {"opening src/ports/a.h:1"}},
        Case{"UtilsFile", "src/ports/utils.cpp", "", {"name src/ports/utils.cpp:0"}},
        Case{"CommonFolder", "src/ports/common/a.cpp", "", {"name src/ports/common/a.cpp:0"}},
        line("SwallowingCatch", kPorts, "void f() { try { g(); } catch (...) { stop(); } }",
             "catch"),
        line("RethrowingCatch", kPorts,
             "void f() { try { g(); } catch (...) {\n  h();\n  throw;\n}}", ""),
        line("ExplainedCatch", kPorts, "catch (...) {\n  // a destructor must not throw\n}", "")),
    name_of);

INSTANTIATE_TEST_SUITE_P(
    Places, OneFile,
    testing::Values(
        Case{"FolderWithoutARoom", "src/attic/a.cpp", "", {"room src/attic/a.cpp:0"}},
        Case{"MirroringTest", "tests/domain/base/ids_test.cpp", "TEST(Ids, Differ) {}\n", {}},
        Case{"MirroringSandboxTest", "tests/sandbox/world_test.cpp", "TEST(World, Turns) {}\n", {}},
        Case{"TestOfNothing",
             "tests/domain/lots/lot_test.cpp",
             "TEST(Lot, Is) {}\n",
             {"mirror tests/domain/lots/lot_test.cpp:0"}},
        Case{"TestByAnotherName",
             "tests/domain/base/ids.cpp",
             "TEST(Ids, Differ) {}\n",
             {"mirror tests/domain/base/ids.cpp:0"}},
        Case{"Story", "tests/stories/a_test.cpp", "TEST(Story, Is) {}\n", {}}),
    name_of);

TEST(Rules, MissARoomWithoutFiles) {
  const Tree tree;
  tree.remove("src/cli");
  EXPECT_EQ(tree.found(), Rows{"room src/cli:0"});
}

TEST(Rules, MissTheTables) {
  const Tree tree;
  tree.write("ARCHITECTURE.md", "# nothing\n");
  const auto found = tree.found();
  EXPECT_EQ(std::count(found.begin(), found.end(), "room ARCHITECTURE.md:0"), 2);
}

TEST(Rules, MissAnUnknownRoomInATable) {
  const Tree tree;
  auto text = std::string(kHouse);
  text.replace(text.find("| base | orders |"), 8, "| bass |");
  tree.write("ARCHITECTURE.md", text);
  EXPECT_EQ(tree.found(), Rows{"room ARCHITECTURE.md:0"});
}

TEST(Rules, MissAFileThatAReaderIsSentTo) {
  const Tree tree;
  const std::string table = "\n| what | where |\n|---|---|\n| a | `src/ports/clock.h` |\n";
  tree.write("ARCHITECTURE.md", std::string(kHouse) + table);
  EXPECT_EQ(tree.found(), Rows{});
  tree.write("ARCHITECTURE.md", std::string(kHouse) + table + "| b | `src/ports/gone.h` |\n");
  EXPECT_EQ(tree.found(), Rows{"signpost ARCHITECTURE.md:0"});
}

constexpr std::string_view kTwoSleeps = "void f() {\n  sleep_for(1s);\n  sleep_for(2s);\n}\n";

struct ExceptionCase {
  std::string text;
  Rows expected;
};

TEST(Exceptions, CoverExactlyWhatIsThere) {
  const Rows both{"sleep src/ports/a.cpp:2", "sleep src/ports/a.cpp:3"};
  const std::string list = "tests/tidy/exceptions.txt";
  const std::vector<ExceptionCase> cases{
      {"at most | 0\n", both},
      {"# why\nat most | 1\nsleep | src/ports/a.cpp | 2 | a reason\n", {}},
      {"at most | 1\nsleep | src/ports/a.cpp | 3 | a reason\n", {"exceptions " + list + ":2"}},
      {"at most | 1\nsleep | src/ports/a.cpp | 1 | a reason\n",
       {both[0], both[1], "exceptions " + list + ":2"}},
      {"at most | 1\nsleep | src/ports/a.cpp | 2 |\n",
       {both[0], both[1], "exceptions " + list + ":2"}},
      {"at most | 2\nsleep | src/ports/a.cpp | 2 | a reason\n", {"exceptions " + list + ":0"}},
      {"at most | 0\nsleep | src/ports/a.cpp | 2 | a reason\n", {"exceptions " + list + ":0"}},
      {"at most | 2\nsleep | src/ports/a.cpp | 2 | a reason\nsleep | src/b.cpp | 1 | gone\n",
       {"exceptions " + list + ":3"}},
  };
  for (const auto& one : cases) {
    const Tree tree;
    tree.write("src/ports/a.cpp", kTwoSleeps);
    tree.exceptions(one.text);
    EXPECT_EQ(tree.found(), one.expected) << one.text;
  }
}

TEST(ReadSource, KeepsCodeCommentsAndLiteralsApart) {
  const auto source = read_source(
      "a.cpp", "int a = 10'000;  // one \"two\"\nauto b = \"x // y\" + 'c';  /* d\ne */ f();\n");
  ASSERT_EQ(source.lines.size(), 3U);
  EXPECT_EQ(source.code[0].substr(0, 15), "int a = 10'000;");
  EXPECT_EQ(source.comments[0].substr(17), "// one \"two\"");
  ASSERT_EQ(source.literals.size(), 2U);
  EXPECT_EQ(source.literals[0].text, "x // y");
  EXPECT_EQ(source.literals[1].text, "c");
  EXPECT_EQ(source.comments[2].substr(0, 4), "e */");
  EXPECT_EQ(source.code[2].substr(4), " f();");
}

}  // namespace
}  // namespace tallyman::tidy

// Host tool of the build: packs the files of web/dist into the binary. Writes one gzip body per
// file, an assembly file that includes them (.incbin), and the table of api/assets.h.
//   embed DIST OUT_DIR     writes OUT_DIR/assets.S, OUT_DIR/assets.cpp, OUT_DIR/gz/NNN.gz
// The output depends on the input bytes only, so that a build can be repeated byte for byte.
#include <algorithm>
#include <filesystem>
#include <fstream>
#include <iostream>
#include <iterator>
#include <sstream>
#include <stdexcept>
#include <string>
#include <string_view>
#include <vector>

#include <zlib.h>

#include "domain/base/digest.h"

namespace {

namespace fs = std::filesystem;

constexpr std::size_t file_limit = 16U << 20U;  // a page file larger than this is a mistake

struct Kind {
  std::string_view extension;
  std::string_view mime;
};
constexpr Kind kinds[] = {
    {".css", "text/css; charset=utf-8"},
    {".html", "text/html; charset=utf-8"},
    {".js", "text/javascript; charset=utf-8"},
    {".json", "application/json"},
    {".png", "image/png"},
    {".svg", "image/svg+xml"},
    {".txt", "text/plain; charset=utf-8"},
    {".webmanifest", "application/manifest+json"},
    {".woff2", "font/woff2"},
};

std::string_view mime_of(const fs::path& file) {
  for (const auto& [extension, mime] : kinds) {
    if (file.extension() == extension) return mime;
  }
  throw std::runtime_error("no media type known for " + file.string());
}

std::string read(const fs::path& file) {
  if (fs::file_size(file) > file_limit) throw std::runtime_error(file.string() + " is too large");
  std::ifstream in(file, std::ios::binary);
  if (!in) throw std::runtime_error("cannot read " + file.string());
  return {std::istreambuf_iterator<char>(in), {}};
}

// Leaves a file with the same content untouched, so that nothing is rebuilt without need.
void write(const fs::path& file, const std::string& content) {
  if (fs::exists(file) && read(file) == content) return;
  std::ofstream out(file, std::ios::binary);
  out << content;
  if (!out.flush()) throw std::runtime_error("cannot write " + file.string());
}

std::string gzip(std::string& content) {
  z_stream stream{};
  if (deflateInit2(&stream, 9, Z_DEFLATED, 15 + 16, 9, Z_DEFAULT_STRATEGY) != Z_OK) {
    throw std::runtime_error("zlib does not start");
  }
  std::string packed(deflateBound(&stream, content.size()) + 32, '\0');
  stream.next_in = reinterpret_cast<Bytef*>(content.data());
  stream.avail_in = static_cast<uInt>(content.size());
  stream.next_out = reinterpret_cast<Bytef*>(packed.data());
  stream.avail_out = static_cast<uInt>(packed.size());
  const int done = deflate(&stream, Z_FINISH);
  packed.resize(stream.total_out);
  deflateEnd(&stream);
  if (done != Z_STREAM_END) throw std::runtime_error("zlib did not finish");
  packed[9] = '\xff';  // "made on": unknown, so that every machine writes the same byte
  return packed;
}

void pack(const fs::path& dist, const fs::path& out) {
  std::vector<fs::path> files;
  for (const auto& entry : fs::recursive_directory_iterator(dist)) {
    if (entry.is_regular_file()) files.push_back(entry.path().lexically_relative(dist));
  }
  std::ranges::sort(files, {}, [](const fs::path& file) { return file.generic_string(); });
  if (!std::ranges::count(files, fs::path("index.html"))) {
    throw std::runtime_error("no index.html in " + dist.string());
  }
  fs::create_directories(out / "gz");

  std::ostringstream symbols;
  std::ostringstream declared;
  std::ostringstream rows;
  for (std::size_t i = 0; i < files.size(); ++i) {
    const std::string name = "tallyman_asset_" + std::to_string(i);
    const fs::path body = out / "gz" / (std::to_string(i) + ".gz");
    const std::string path = "/" + files[i].generic_string();
    std::string content = read(dist / files[i]);
    const std::string etag = tallyman::sha256_hex(content).substr(0, 20);
    write(body, gzip(content));
    symbols << ".globl " << name << "\n.globl " << name << "_end\n"
            << name << ":\n.incbin \"" << fs::absolute(body).generic_string() << "\"\n"
            << name << "_end:\n.byte 0\n";
    declared << "extern \"C\" const char " << name << "[];\nextern \"C\" const char " << name
             << "_end[];\n";
    rows << "      {\"" << path << "\", \"" << mime_of(files[i]) << "\", \"" << etag << "\", "
         << (path.starts_with("/assets/") ? "true" : "false") << ", " << content.size() << ",\n"
         << "       {" << name << ", " << name << "_end}},\n";
  }
  write(out / "assets.S",
        ".section .rodata\n" + symbols.str() + ".section .note.GNU-stack,\"\",%progbits\n");
  write(out / "assets.cpp",
        "// Made by src/api/embed.\n#include \"api/assets.h\"\n\n" + declared.str() +
            "\nnamespace tallyman::api {\n\nstd::span<const Asset> assets() {\n"
            "  static const Asset all[] = {\n" +
            rows.str() + "  };\n  return all;\n}\n\n}  // namespace tallyman::api\n");
}

}  // namespace

int main(int argc, char** argv) {
  if (argc != 3) {
    std::cerr << "usage: embed DIST OUT_DIR\n";
    return 2;
  }
  try {
    pack(argv[1], argv[2]);
    return 0;
  } catch (const std::exception& problem) {
    std::cerr << "embed: " << problem.what() << '\n';
    return 1;
  }
}

#include "csimdjson.h"

#include <simdjson.h>

#include <deque>
#include <string>
#include <vector>

// The one door to simdjson: C++ cannot be called from Swift without exceptions and templates in the way.

using namespace simdjson;

struct csimdjson_parser {
  ondemand::parser parser;
  std::vector<csimdjson_field> fields;
  // Texts that simdjson does not keep: joined arrays. A deque: addresses stay.
  std::deque<std::string> kept;
};

namespace {

/// Names of an array of texts, or of objects with `name`, `file_name` or `filename`, joined by line ends.
error_code join(ondemand::array array, std::string &out, bool &has_objects) {
  for (auto element : array) {
    ondemand::value value;
    if (auto error = std::move(element).get(value)) return error;
    ondemand::json_type type;
    if (auto error = value.type().get(type)) return error;
    std::string_view text;
    if (type == ondemand::json_type::string) {
      if (auto error = value.get_string().get(text)) return error;
      if (!out.empty()) out += '\n';
      out.append(text);
    } else if (type == ondemand::json_type::object) {
      ondemand::object object;
      if (auto error = value.get_object().get(object)) return error;
      has_objects = true;
      bool found = false;
      for (auto member : object) {
        ondemand::field field;
        if (auto error = std::move(member).get(field)) return error;
        std::string_view key;
        if (auto error = field.unescaped_key().get(key)) return error;
        if (!found && (key == "name" || key == "file_name" || key == "filename")) {
          std::string_view name;
          if (field.value().get_string().get(name) == SUCCESS) {
            if (!out.empty()) out += '\n';
            out.append(name);
            found = true;
          }
        }
      }
    } else {
      return INCORRECT_TYPE;
    }
  }
  return SUCCESS;
}

int64_t failure(error_code error) { return error == UTF8_ERROR ? -3 : -1; }

}  // namespace

extern "C" csimdjson_parser *csimdjson_new(void) { return new (std::nothrow) csimdjson_parser; }

extern "C" void csimdjson_free(csimdjson_parser *parser) { delete parser; }

extern "C" int csimdjson_is_utf8(const char *bytes, size_t length) { return validate_utf8(bytes, length) ? 1 : 0; }

extern "C" int64_t csimdjson_object(
    csimdjson_parser *parser, const char *bytes, size_t length, const csimdjson_field **fields) {
  parser->fields.clear();
  parser->kept.clear();
  ondemand::document document;
  if (auto error = parser->parser.iterate(bytes, length, length + SIMDJSON_PADDING).get(document)) return failure(error);
  ondemand::json_type kind;
  if (auto error = document.type().get(kind)) return failure(error);
  if (kind != ondemand::json_type::object) return -2;
  ondemand::object object;
  if (auto error = document.get_object().get(object)) return failure(error);
  for (auto member : object) {
    ondemand::field field;
    if (auto error = std::move(member).get(field)) return failure(error);
    std::string_view key;
    if (auto error = field.unescaped_key().get(key)) return failure(error);
    csimdjson_field out = {key.data(), key.size(), nullptr, 0, '0'};
    ondemand::value value = field.value();
    ondemand::json_type type;
    if (auto error = value.type().get(type)) return failure(error);
    switch (type) {
      case ondemand::json_type::string: {
        std::string_view text;
        if (auto error = value.get_string().get(text)) return failure(error);
        out.type = 's';
        out.value = text.data();
        out.value_length = text.size();
        break;
      }
      case ondemand::json_type::number: {
        std::string_view token = value.raw_json_token();
        double number;
        if (auto error = value.get_double().get(number)) return failure(error);
        while (!token.empty() && (unsigned char)token.back() <= ' ') token.remove_suffix(1);
        out.type = 'n';
        out.value = token.data();
        out.value_length = token.size();
        break;
      }
      case ondemand::json_type::boolean: {
        bool flag;
        if (auto error = value.get_bool().get(flag)) return failure(error);
        out.type = flag ? 't' : 'f';
        break;
      }
      case ondemand::json_type::null: {
        // 3.0 takes any token that begins with n for null.
        if (value.raw_json_token().substr(0, 4) != "null") return -1;
        break;
      }
      case ondemand::json_type::array: {
        ondemand::array array;
        if (auto error = value.get_array().get(array)) return failure(error);
        std::string &joined = parser->kept.emplace_back();
        bool has_objects = false;
        auto error = join(array, joined, has_objects);
        if (error == INCORRECT_TYPE || (!error && has_objects && joined.empty())) {
          out.type = 'o';
        } else if (error) {
          return failure(error);
        } else {
          out.type = 'a';
          out.value = joined.data();
          out.value_length = joined.size();
        }
        break;
      }
      case ondemand::json_type::object: out.type = 'o'; break;
    }
    parser->fields.push_back(out);
  }
  // Behind the object nothing may stand: the place is out of bounds then.
  const char *behind;
  if (document.current_location().get(behind) == SUCCESS) return -1;
  *fields = parser->fields.data();
  return (int64_t)parser->fields.size();
}

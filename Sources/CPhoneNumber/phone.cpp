#include "CPhoneNumber.h"
#include <cstdio>
#include <cstring>
#include <dlfcn.h>
#include <new>
#include <phonenumbers/phonenumberutil.h>
#include <string>

using i18n::phonenumbers::PhoneNumber;
using i18n::phonenumbers::PhoneNumberUtil;

namespace {

/// The library's C++ functions as it exports them: linked, they would cost every start of the program 4 ms and 7 MB. The
/// headers, and so these names, are those of Debian 12; another ABI lacks one of them, and nothing is loaded.
struct Library {
  const PhoneNumberUtil *(*instance)() = nullptr;
  PhoneNumberUtil::ErrorType (*parse)(const PhoneNumberUtil *, const std::string &, const std::string &, void *) =
    nullptr;
  bool (*isValid)(const PhoneNumberUtil *, const void *) = nullptr;
  void (*format)(const PhoneNumberUtil *, const void *, PhoneNumberUtil::PhoneNumberFormat, std::string *) = nullptr;
  void (*make)(void *, void *arena, bool isMessageOwned) = nullptr;
  void (*destroy)(void *) = nullptr;
  std::string failure;

  Library() {
    void *handle = dlopen("libphonenumber.so.8", RTLD_NOW | RTLD_LOCAL);
    if (!handle) {
      failure = dlerror();
      return;
    }
    find(handle, instance, "_ZN4i18n12phonenumbers15PhoneNumberUtil11GetInstanceEv");
    find(
      handle, parse,
      "_ZNK4i18n12phonenumbers15PhoneNumberUtil5ParseERKNSt7__cxx1112basic_stringIcSt11char_traitsIcESaIcEEES9_"
      "PNS0_11PhoneNumberE");
    find(handle, isValid, "_ZNK4i18n12phonenumbers15PhoneNumberUtil13IsValidNumberERKNS0_11PhoneNumberE");
    find(
      handle, format,
      "_ZNK4i18n12phonenumbers15PhoneNumberUtil6FormatERKNS0_11PhoneNumberENS1_17PhoneNumberFormatEPNSt7__cxx1112basic_"
      "stringIcSt11char_traitsIcESaIcEEE");
    find(handle, make, "_ZN4i18n12phonenumbers11PhoneNumberC1EPN6google8protobuf5ArenaEb");
    find(handle, destroy, "_ZN4i18n12phonenumbers11PhoneNumberD1Ev");
  }

  template <typename Function> void find(void *handle, Function &function, const char *name) {
    function = reinterpret_cast<Function>(dlsym(handle, name));
    if (!function) failure = std::string("it has no function ") + name;
  }

  /// C++ makes it once, whichever thread comes first.
  static const Library &loaded() {
    static const Library library;
    return library;
  }
};

/// A number in memory of ours, made and unmade by the library.
class Number {
public:
  explicit Number(const Library &library) : library(library) { library.make(memory, nullptr, false); }
  ~Number() { library.destroy(memory); }
  Number(const Number &) = delete;
  Number &operator=(const Number &) = delete;
  void *get() { return memory; }

private:
  const Library &library;
  alignas(PhoneNumber) unsigned char memory[sizeof(PhoneNumber)];
};

}  // namespace

int cphone_load(char *why, size_t capacity) {
  try {
    const auto &library = Library::loaded();
    if (library.failure.empty()) return 1;
    std::snprintf(why, capacity, "%s", library.failure.c_str());
  } catch (...) {
    std::snprintf(why, capacity, "no memory");
  }
  return 0;
}

int cphone_e164(const char *text, size_t length, char *out, size_t capacity) {
  // No C++ exception may cross into Swift.
  try {
    const auto &library = Library::loaded();
    if (!library.failure.empty()) return 0;
    const auto *util = library.instance();
    Number number(library);
    const auto error = library.parse(util, std::string(text, length), "CN", number.get());
    if (error != PhoneNumberUtil::NO_PARSING_ERROR || !library.isValid(util, number.get())) return 0;
    std::string e164;
    library.format(util, number.get(), PhoneNumberUtil::E164, &e164);
    if (e164.size() + 1 > capacity) return 0;
    std::memcpy(out, e164.c_str(), e164.size() + 1);
    return 1;
  } catch (...) {
    return 0;
  }
}

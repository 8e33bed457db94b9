#include "CPhoneNumber.h"
#include <cstring>
#include <phonenumbers/phonenumberutil.h>
#include <string>

int cphone_e164(const char *text, size_t length, char *out, size_t capacity) {
  // No C++ exception may cross into Swift.
  try {
    const auto *util = i18n::phonenumbers::PhoneNumberUtil::GetInstance();
    i18n::phonenumbers::PhoneNumber number;
    const auto error = util->Parse(std::string(text, length), "CN", &number);
    if (error != i18n::phonenumbers::PhoneNumberUtil::NO_PARSING_ERROR || !util->IsValidNumber(number)) return 0;
    std::string e164;
    util->Format(number, i18n::phonenumbers::PhoneNumberUtil::E164, &e164);
    if (e164.size() + 1 > capacity) return 0;
    std::memcpy(out, e164.c_str(), e164.size() + 1);
    return 1;
  } catch (...) {
    return 0;
  }
}

import Hashing
import TestSupport
import Testing

@Suite("Digests")
struct DigestTests {
  @Test(
    "SHA-256 gives the values of FIPS 180-4's examples",
    arguments: [
      ("", "e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855"),
      ("abc", "ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad"),
      (
        "abcdbcdecdefdefgefghfghighijhijkijkljklmklmnlmnomnopnopq",
        "248d6a61d20638b8e5c026930c3e6039a33ce45964ff2167f6ecedd419db06c1"
      ),
    ])
  func known(_ text: String, _ hex: String) {
    #expect(Digest.sha256Hex(Array(text.utf8)) == hex)
    var stream = Digest.SHA256Stream()
    for letter in text { stream.update(String(letter)) }
    #expect(stream.finalHex() == hex)
  }

  @Test("HMAC-SHA-256 gives the values of RFC 4231, with short and long keys")
  func hmac() {
    let cases: [([UInt8], [UInt8], String)] = [
      (
        Array(repeating: 0x0b, count: 20), Array("Hi There".utf8),
        "b0344c61d8db38535ca8afceaf0bf12b881dc200c9833da726e9376c2e32cff7"
      ),
      (
        Array("Jefe".utf8), Array("what do ya want for nothing?".utf8),
        "5bdcc146bf60754e6a042426089575c75a003f089d2739839dec58b964ec3843"
      ),
      (
        Array(repeating: 0xaa, count: 131), Array("Test Using Larger Than Block-Size Key - Hash Key First".utf8),
        "60e431591ee0b67f0d8a26aacbf5b77f8e0bc6213728c5140546040f0ee37f54"
      ),
    ]
    for (key, message, hex) in cases {
      let digest = Digest.hmacSHA256(key: key, message: message)
      #expect(digest.map { ($0 < 16 ? "0" : "") + String($0, radix: 16) }.joined() == hex)
    }
    #expect(Digest.hmacSHA256(key: [1], message: []).count == 32)
  }

  @Test("A key that is hashed once signs like one that is hashed each time, whatever the lengths")
  func keyed() {
    var generator = SeededGenerator(seed: 9)
    func bytes(_ count: Int) -> [UInt8] { (0..<count).map { _ in UInt8.random(in: 0...255, using: &generator) } }
    for length in [0, 1, 16, 63, 64, 65, 200] {
      let key = bytes(length)
      let prepared = Digest.HMACKey(key)
      for head in ["", "cd_1.1700000000.", String(repeating: "长", count: 100)] {
        let body = bytes(Int.random(in: 0...300, using: &generator))
        #expect(prepared.sign(head, body) == Digest.hmacSHA256(key: key, message: Array(head.utf8) + body))
      }
    }
  }

  @Test("Base64 gives the values of RFC 4648")
  func base64() {
    for (text, encoded) in [
      ("", ""), ("f", "Zg=="), ("fo", "Zm8="), ("foo", "Zm9v"), ("foob", "Zm9vYg=="), ("fooba", "Zm9vYmE="),
      ("foobar", "Zm9vYmFy"),
    ] { #expect(Digest.base64(Array(text.utf8)) == encoded) }
    #expect(Digest.base64([0xFB, 0xFF, 0xBF]) == "+/+/")
  }

  @Test("However a text is cut, the hash is the same; copies of a stream go separate ways")
  func stream() {
    var generator = SeededGenerator(seed: 5)
    let bytes = (0..<5000).map { _ in UInt8.random(in: 0...255, using: &generator) }
    for _ in 0..<50 {
      let cut = Int.random(in: 0...bytes.count, using: &generator)
      var first = Digest.SHA256Stream()
      bytes[..<cut].withUnsafeBytes { first.update($0) }
      var second = first
      bytes[cut...].withUnsafeBytes { first.update($0) }
      second.update("other")
      #expect(first.finalHex() == Digest.sha256Hex(bytes), "cut \(cut)")
      #expect(second.finalHex() == Digest.sha256Hex(Array(bytes[..<cut]) + Array("other".utf8)), "cut \(cut)")
    }
  }
}

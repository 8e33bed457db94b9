import Outbox
import Testing

@Suite("A signature that protects")
struct SignatureTests {
  static let secret = "whsec_MfKQ9r8GKYqrTwjUPD8ILPZIo2LaLaSw"
  static let id = "msg_p5jXN8AQM9LWM0D4loKWxJek"
  static let time: Int64 = 1_614_265_330
  static let body = Array(#"{"test": 2432232314}"#.utf8)
  static let signature = "v1,g0hM9SsE+OTPJTGt/tmIKtSyZlE3uFJELVlNIOLJ1OE="

  @Test("The specification's own vector comes out, with and without the prefix")
  func vector() throws {
    for secret in [Self.secret, String(Self.secret.dropFirst(6))] {
      let signer = try Signer(secrets: [secret])
      #expect(signer.header(id: Self.id, timestamp: Self.time, body: Self.body) == Self.signature)
      #expect(signer.verifies(header: Self.signature, id: Self.id, timestamp: Self.time, body: Self.body))
    }
  }

  @Test("raw: takes the bytes as they stand")
  func raw() throws {
    // The vector's key is no text; a key that is text must give the same in both spellings.
    let raw = try Signer(secrets: ["raw:0123456789abcdef"])
    let base64 = try Signer(secrets: ["MDEyMzQ1Njc4OWFiY2RlZg=="])
    #expect(
      raw.header(id: "a", timestamp: 1, body: Self.body) == base64.header(id: "a", timestamp: 1, body: Self.body))
  }

  @Test("Anything that differs is refused: id, time, body, secret, version, a cut or empty signature")
  func wrong() throws {
    let signer = try Signer(secrets: [Self.secret])
    let other = try Signer(secrets: ["raw:another secret, long enough"])
    func verifies(_ header: String = Self.signature, _ id: String = Self.id, _ time: Int64 = Self.time, _ body: [UInt8])
      -> Bool
    { signer.verifies(header: header, id: id, timestamp: time, body: body) }
    #expect(!verifies(Self.signature, Self.id + "x", Self.time, Self.body))
    #expect(!verifies(Self.signature, Self.id, Self.time + 1, Self.body))
    #expect(!verifies(Self.signature, Self.id, Self.time, Self.body + [0x20]))
    #expect(!verifies(Self.signature, Self.id, Self.time, []))
    #expect(!other.verifies(header: Self.signature, id: Self.id, timestamp: Self.time, body: Self.body))
    for header in [
      "", "v1,", "v1", String(Self.signature.dropLast()), "v1a" + Self.signature.dropFirst(2), "v2,abc",
      String(Self.signature.dropFirst(3)), Self.signature.uppercased(), Self.signature + "x",
    ] { #expect(!verifies(header, Self.id, Self.time, Self.body), "\(header)") }
  }

  @Test("No byte of the body and no bit of the signature can be changed unnoticed")
  func everyBit() throws {
    let signer = try Signer(secrets: [Self.secret])
    for index in Self.body.indices {
      var body = Self.body
      body[index] ^= 1
      #expect(!signer.verifies(header: Self.signature, id: Self.id, timestamp: Self.time, body: body), "byte \(index)")
    }
    let letters = Array(Self.signature)
    for index in 3..<letters.count {
      var changed = letters
      changed[index] = letters[index] == "A" ? "B" : "A"
      #expect(!signer.verifies(header: String(changed), id: Self.id, timestamp: Self.time, body: Self.body))
    }
  }

  @Test("While secrets are rotated, either side may have the new one first")
  func rotation() throws {
    let old = "raw:the old secret, long enough"
    let new = "raw:the new secret, long enough"
    let both = try Signer(secrets: [new, old])
    let header = both.header(id: "a", timestamp: 1, body: [1])
    #expect(header.split(separator: " ").count == 2)
    for receiver in [[old], [new], [old, new], ["raw:an unrelated one, long", old]] {
      #expect(try Signer(secrets: receiver).verifies(header: header, id: "a", timestamp: 1, body: [1]))
    }
    #expect(
      try both.verifies(
        header: Signer(secrets: [old]).header(id: "a", timestamp: 1, body: [1]), id: "a", timestamp: 1, body: [1]))
    #expect(
      try !Signer(secrets: ["raw:an unrelated one, long"]).verifies(header: header, id: "a", timestamp: 1, body: [1]))
    #expect(both.verifies(header: "v1a,abc v2,x " + header, id: "a", timestamp: 1, body: [1]))
  }

  @Test(
    "A secret that protects nothing is refused, and the error does not repeat it",
    arguments: [
      [], [""], ["whsec_"], ["raw:"], ["raw:too short"], ["whsec_c2hvcnQ="], ["no base64 at all, but long enough"],
      ["whsec_not base64!!"], [secret, ""], ["whsec_raw:0123456789abcdef"],
    ] as [[String]])
  func refused(_ secrets: [String]) {
    let error = #expect(throws: OutboxError.self) { try Signer(secrets: secrets) }
    for secret in secrets where secret.count > 6 {
      #expect(error.map { !$0.description.contains(secret) } == true)
    }
  }
}

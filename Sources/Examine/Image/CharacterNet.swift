#if canImport(Glibc)
  internal import Glibc
#endif

/// A small network that tells the characters of GB 2312 apart as they look on a stamp: worn, out of focus, a pixel or two
/// beside their place. Trained on drawn characters by `scripts/train-characters`, where the file's layout is described.
public struct CharacterNet: Sendable {
  /// Pixels along one side of the pictures that it reads.
  static let side = 24
  /// One layer: the weights of one output lie `outputs` apart.
  private struct Layer {
    let outputs: Int
    let weights: [Float]
    let biases: [Float]
  }
  private let layers: [Layer]
  /// Every character that it knows, with its place among the probabilities.
  let characters: [Unicode.Scalar: Int]

  /// - Parameter bytes: the whole file.
  /// - Returns: nil where they are not such a file, or a part of one.
  public init?(_ bytes: [UInt8]) {
    guard bytes.count > 14, bytes.starts(with: Array("CDN1".utf8)) else { return nil }
    func short(_ at: Int) -> Int { Int(bytes[at]) << 8 | Int(bytes[at + 1]) }
    let outputs = (0..<5).map { short(4 + 2 * $0) }
    guard outputs.allSatisfy({ $0 > 0 }) else { return nil }
    let kernels = [25, 9, 9, (Self.side / 4) * (Self.side / 4), 1]
    let inputs = [1] + outputs.dropLast()
    let sizes = (0..<5).map { kernels[$0] * inputs[$0] * outputs[$0] }
    let count = outputs[4]
    guard bytes.count == 14 + 2 * count + zip(sizes, outputs).reduce(0, { $0 + $1.0 + 8 * $1.1 }) else { return nil }
    var numbers: [Unicode.Scalar: Int] = [:]
    for index in 0..<count {
      guard let scalar = Unicode.Scalar(UInt16(short(14 + 2 * index))) else { return nil }
      numbers[scalar] = index
    }
    guard numbers.count == count else { return nil }
    var at = 14 + 2 * count
    func floats(_ many: Int) -> [Float] {
      defer { at += 4 * many }
      return (0..<many).map { index in
        let from = at + 4 * index
        return Float(bitPattern: UInt32(short(from)) << 16 | UInt32(short(from + 2)))
      }
    }
    var layers: [Layer] = []
    for index in 0..<5 {
      let scales = floats(outputs[index])
      let biases = floats(outputs[index])
      guard (scales + biases).allSatisfy(\.isFinite) else { return nil }
      let weights = (0..<sizes[index]).map { Float(Int8(bitPattern: bytes[at + $0])) * scales[$0 % outputs[index]] }
      at += sizes[index]
      layers.append(Layer(outputs: outputs[index], weights: weights, biases: biases))
    }
    self.layers = layers
    characters = numbers
  }

  func number(of character: Unicode.Scalar) -> Int? { characters[character] }

  /// - Parameter picture: ink, 0…1, `side * side`, row by row; the character fills about nine tenths of it.
  /// - Returns: the natural logarithm of each character's probability, by its number.
  func logProbabilities(_ picture: [Float]) -> [Float] {
    precondition(picture.count == Self.side * Self.side, "one value a pixel")
    let half = Self.side / 2
    var maps = Self.convolved(picture, side: Self.side, inputs: 1, kernel: 5, stride: 2, layers[0])
    maps = Self.convolved(maps, side: half, inputs: layers[0].outputs, kernel: 3, stride: 1, layers[1])
    maps = Self.halved(maps, side: half, channels: layers[1].outputs)
    maps = Self.convolved(maps, side: half / 2, inputs: layers[1].outputs, kernel: 3, stride: 1, layers[2])
    var out = Self.weighed(Self.weighed(maps, layers[3]), layers[4])
    let most = out.max() ?? 0
    let sum = out.reduce(Float(0)) { $0 + expf($1 - most) }
    let norm = most + logf(sum)
    for index in out.indices { out[index] -= norm }
    return out
  }

  /// Row by row, the channels of a pixel side by side; as much paper around as keeps the middle in the middle. Negative
  /// sums become 0.
  private static func convolved(
    _ maps: [Float], side: Int, inputs: Int, kernel: Int, stride: Int, _ layer: Layer
  ) -> [Float] {
    let wide = side / stride
    let channels = layer.outputs
    let before = ((wide - 1) * stride + kernel - side) / 2
    var out = [Float](repeating: 0, count: wide * wide * channels)
    out.withUnsafeMutableBufferPointer { out in
      maps.withUnsafeBufferPointer { maps in
        layer.weights.withUnsafeBufferPointer { weights in
          for y in 0..<wide {
            for x in 0..<wide {
              let sums = UnsafeMutableBufferPointer(
                rebasing: out[(y * wide + x) * channels..<(y * wide + x + 1) * channels])
              for channel in 0..<channels { sums[channel] = layer.biases[channel] }
              for down in 0..<kernel {
                let row = y * stride + down - before
                guard row >= 0, row < side else { continue }
                for right in 0..<kernel {
                  let column = x * stride + right - before
                  guard column >= 0, column < side else { continue }
                  let from = (row * side + column) * inputs
                  for input in 0..<inputs where maps[from + input] != 0 {
                    add(
                      weights, at: ((down * kernel + right) * inputs + input) * channels, times: maps[from + input],
                      to: sums)
                  }
                }
              }
              for channel in 0..<channels where sums[channel] < 0 { sums[channel] = 0 }
            }
          }
        }
      }
    }
    return out
  }

  /// The greatest of each four pixels.
  private static func halved(_ maps: [Float], side: Int, channels: Int) -> [Float] {
    let wide = side / 2
    var out = [Float](repeating: 0, count: wide * wide * channels)
    for y in 0..<wide {
      for x in 0..<wide {
        for channel in 0..<channels {
          func value(_ dx: Int, _ dy: Int) -> Float { maps[((2 * y + dy) * side + 2 * x + dx) * channels + channel] }
          out[(y * wide + x) * channels + channel] = max(max(value(0, 0), value(1, 0)), max(value(0, 1), value(1, 1)))
        }
      }
    }
    return out
  }

  private static func weighed(_ values: [Float], _ layer: Layer) -> [Float] {
    var out = layer.biases
    out.withUnsafeMutableBufferPointer { out in
      layer.weights.withUnsafeBufferPointer { weights in
        for (input, value) in values.enumerated() where value != 0 {
          add(weights, at: input * layer.outputs, times: value, to: out)
        }
      }
    }
    return out
  }

  private static func add(
    _ weights: UnsafeBufferPointer<Float>, at start: Int, times value: Float, to sums: UnsafeMutableBufferPointer<Float>
  ) {
    guard let from = weights.baseAddress, let to = sums.baseAddress else { return }
    let row = from + start
    // A plain loop over pointers: made into vectors when optimised, and bearable when not.
    let count = sums.count
    var index = 0
    while index < count {
      to[index] += value * row[index]
      index += 1
    }
  }
}

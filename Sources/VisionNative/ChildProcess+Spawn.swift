import CProcess
import Glibc

extension ChildProcess {
  /// Three pipes, all closed on exec.
  struct Pipes {
    var input = (read: Int32(-1), write: Int32(-1))
    var output = (read: Int32(-1), write: Int32(-1))
    var errors = (read: Int32(-1), write: Int32(-1))

    /// - Returns: false with `errno` set; what was opened is for `closeAll`.
    mutating func open() -> Bool {
      func make(_ ends: inout (read: Int32, write: Int32)) -> Bool {
        var pair: [Int32] = [-1, -1]
        guard cprocess_pipe(&pair) == 0 else { return false }
        ends = (pair[0], pair[1])
        return true
      }
      return make(&input) && make(&output) && make(&errors)
    }

    func closeChildEnds() { Self.close([input.read, output.write, errors.write]) }
    func closeParentEnds() { Self.close([input.write, output.read, errors.read]) }
    func closeAll() {
      closeChildEnds()
      closeParentEnds()
    }
    private static func close(_ descriptors: [Int32]) {
      for descriptor in descriptors where descriptor >= 0 { Glibc.close(descriptor) }
    }
  }

  /// - Returns: 0 and the process's id, or the error's number.
  static func spawn(_ command: Command, _ pipes: Pipes) -> (code: Int32, pid: pid_t) {
    let arguments = CStrings([command.executable] + command.arguments)
    let environment = CStrings(command.environment.map { "\($0.key)=\($0.value)" })
    var pid: pid_t = 0
    let code = cprocess_spawn(
      command.executable, arguments.pointers, environment.pointers, command.directory, pipes.input.read,
      pipes.output.write, pipes.errors.write, command.ownGroup, &pid)
    return (code, pid)
  }

  /// Owns copies of strings, as a null-terminated list of C strings.
  private final class CStrings {
    let pointers: [UnsafeMutablePointer<CChar>?]
    init(_ strings: [String]) { pointers = strings.map { strdup($0) } + [nil] }
    deinit { for pointer in pointers { free(pointer) } }
  }
}

public import Glibc

extension UnsafeMutablePointer<dirent> {
  /// The name of what `readdir` found. It is read where it stands: an entry is as long as its name, and a copy of the whole
  /// field, 256 bytes, may reach beyond the page that holds it (readdir(3), "The d_name field").
  public var name: String {
    guard let offset = MemoryLayout<dirent>.offset(of: \.d_name) else { return "" }
    return String(cString: (UnsafeRawPointer(self) + offset).assumingMemoryBound(to: CChar.self))
  }
}

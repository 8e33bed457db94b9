import ClosureModel
import Glibc
import Testing

@Suite("Entries of folders")
struct DirectoryEntryTests {
  @Test("A name at the very end of a page is read without what lies behind it", arguments: ["a", "同意书.pdf", ""])
  func atTheEnd(_ name: String) throws {
    let page = sysconf(Int32(_SC_PAGESIZE))
    let memory = try #require(mmap(nil, page * 2, PROT_READ | PROT_WRITE, MAP_PRIVATE | MAP_ANONYMOUS, -1, 0))
    try #require(memory != MAP_FAILED)
    defer { munmap(memory, page * 2) }
    try #require(mprotect(memory + page, page, PROT_NONE) == 0)
    let offset = try #require(MemoryLayout<dirent>.offset(of: \.d_name))
    let bytes = Array(name.utf8CString)
    // As the kernel gives them: aligned to eight bytes, and no longer than the name needs.
    let start = memory + (page - (offset + bytes.count + 7) / 8 * 8)
    bytes.withUnsafeBytes { (start + offset).copyMemory(from: $0.baseAddress!, byteCount: $0.count) }
    #expect(start.assumingMemoryBound(to: dirent.self).name == name)
  }
}

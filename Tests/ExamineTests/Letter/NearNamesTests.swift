import Examine
import Testing

@Suite("Names near a company's")
struct NearNamesTests {
  @Test("Each once, never the name itself, and of every kind that a seal must not pass for")
  func kinds() {
    let near = NearNames.of("晨溪市禾苗网络科技有限公司")
    #expect(Set(near).count == near.count && !near.contains("晨溪市禾苗网络科技有限公司"))
    for name in [
      "溪市禾苗网络科技有限公司", "晨溪市禾苗网络科技有限公", "晨溪市禾苗网络科技有限责任公司", "晨溪市禾苗网络科技有限公司晨溪分公司",
      "晨溪禾苗网络科技有限公司", "晨溪市禾苗苗网络科技有限公司", "晨溪市禾网络科技有限公司", "北京晨溪市禾苗网络科技有限公司",
    ] { #expect(near.contains(name), "\(name)") }
    #expect(near.contains { $0.count == 13 && zip($0, "晨溪市禾苗网络科技有限公司").count { $0 != $1 } == 1 })
  }

  @Test("A name too short for a company's has none")
  func short() { #expect(NearNames.of("晨溪公司").isEmpty) }
}

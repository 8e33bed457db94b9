/// What `--version` says, and plans and decisions are made with.
public enum Version {
  public static let text = "0.1.0"
}

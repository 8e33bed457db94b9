import ClosureModel

/// What our pages have in common: one file, no script, nothing from outside, readable in print.
enum HTMLPage {
  static func head(_ title: String, _ locale: Locale) -> String {
    """
    <!DOCTYPE html>
    <html lang="\(locale.rawValue)"><head><meta charset="utf-8"><meta name="viewport" content="width=device-width">
    <meta http-equiv="Content-Security-Policy" content="default-src 'none'; img-src data:; style-src 'unsafe-inline'">
    <title>\(escape(title))</title><style>\(style)</style></head><body>
    <h1>\(escape(title))</h1>

    """
  }

  static let foot = "</body></html>"

  static func escape(_ text: String) -> String {
    var out = ""
    for scalar in text.unicodeScalars {
      switch scalar {
      case "&": out += "&amp;"
      case "<": out += "&lt;"
      case ">": out += "&gt;"
      case "\"": out += "&quot;"
      case "'": out += "&#39;"
      case _ where scalar.value < 0x20 && scalar != "\n" && scalar != "\t": out += "\u{FFFD}"
      case _ where (0x202A...0x202E).contains(scalar.value) || (0x2066...0x2069).contains(scalar.value):
        out += "\u{FFFD}"
      default: out.unicodeScalars.append(scalar)
      }
    }
    return out
  }

  private static let style = """
    body{font:15px/1.6 system-ui,"Noto Sans CJK SC","Microsoft YaHei",sans-serif;max-width:960px;margin:2em auto;padding:0 1em;color:#222}
    h1{font-size:1.5em;margin:0}h2{margin:1.6em 0 .4em;font-size:1.2em;border-bottom:1px solid #ddd}h3{margin:0 0 .3em;font-size:1em}
    .meta,small{color:#666;font-weight:normal}table{border-collapse:collapse;width:100%}td,th{padding:.15em .6em .15em 0;text-align:left;vertical-align:top}
    .n{text-align:right;width:5em;font-variant-numeric:tabular-nums}.bars th{width:9em;font-weight:normal}.bar span{display:inline-block;height:.9em;min-width:1px;background:#888}
    .bar .accepted{background:#2e8b57}.bar .review{background:#d9a400}.bar .ineligible{background:#c0392b}.bar .incomplete{background:#4a78b5}
    section{border:1px solid #ddd;border-left:4px solid #888;border-radius:4px;padding:.6em .9em;margin:.6em 0;break-inside:avoid}
    section.accepted{border-left-color:#2e8b57}section.review{border-left-color:#d9a400}section.ineligible{border-left-color:#c0392b}section.incomplete{border-left-color:#4a78b5}
    section td{font-size:.92em}section td:first-child{width:1.2em}section td:nth-child(2){width:15em}tr.satisfied,tr.not_applicable{color:#777}
    q{display:block;color:#555;background:#f6f6f3;padding:0 .4em;margin:.1em 0;word-break:break-all}pre{white-space:pre-wrap;background:#fafafa;padding:.8em;font:inherit}
    figure{display:inline-block;margin:.5em 1em .2em 0;text-align:center}figure img{max-width:240px;border:1px solid #ddd;background:#fff}figcaption{color:#666;font-size:.85em}
    summary{cursor:pointer;color:#345}code{font-size:.9em}@media print{details>pre{display:block}}
    table.grid td,table.grid th{padding:.15em .7em;border-bottom:1px solid #eee;white-space:nowrap}table.grid th{font-weight:600;border-bottom-color:#bbb}
    table.grid tr.group th{padding-top:1em;color:#666;font-weight:normal}table.grid td.n,table.grid th.n{width:auto}.scroll{overflow-x:auto}
    table.wrong td{padding:.35em .7em .35em 0;border-bottom:1px solid #eee;word-break:break-word}table.wrong td:first-child{white-space:nowrap}
    .verdict{display:inline-block;padding:.3em .9em;border-radius:4px;color:#fff;background:#2e8b57;font-weight:600}.verdict.bad,td.bad{background:#c0392b;color:#fff}
    .bars.measures th{width:13em}.bars.measures td.n{white-space:nowrap}
    td.good{color:#2e8b57;font-weight:600}section p{margin:.2em 0}section pre,td pre{margin:.4em 0 0;padding:.5em .8em;font-size:.95em;word-break:break-word;white-space:pre-wrap}td pre{margin:0;background:none;padding:0}
    mark{background:#d8f0dd;color:inherit;border-bottom:2px solid #2e8b57}mark.against{background:#fbe0dc;border-bottom-color:#c0392b}.cut{color:#999}
    """
}

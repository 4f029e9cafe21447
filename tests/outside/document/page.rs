//! Documents as web pages.

use quick_xml::Reader;
use quick_xml::events::Event;

use super::varied;

#[test]
fn a_page_is_whole_in_itself_and_says_everything() {
    let page = varied().to_html();
    for said in [
        "<html lang=\"da-DK\">",
        "<title>Gennemsyn af fordelingen – Eksempelby Kommune</title>",
        "Post til <strong>Børn &amp; unge</strong> &lt;i dag&gt;.",
        "<a href=\"#s1\">Sammenfatning</a>",
        "<h2 id=\"s1\">Sammenfatning</h2>",
        "<th scope=\"col\">Regel</th>",
        "<svg xmlns",
        "@media print",
    ] {
        assert!(page.contains(said), "{said}");
    }
    for never in ["<script", "http://", "https://", "javascript:", "<link", "url("] {
        let page = page.replace("http://www.w3.org/2000/svg", "");
        assert!(!page.contains(never), "{never}");
    }
    assert_eq!(page, varied().to_html());
}

/// Every element that is opened is closed in its place.
#[test]
fn a_page_is_well_formed() {
    let page = varied().to_html();
    let page = page.replace("<br>", "<br/>").replace("<hr class=\"page\">", "<hr/>");
    let void = regex_lite::Regex::new(r"<(meta|col)\b([^>]*)>").expect("a pattern");
    let page = void.replace_all(&page, "<$1$2/>");
    let mut reader = Reader::from_str(&page);
    reader.config_mut().check_end_names = true;
    let mut open = 0_i32;
    loop {
        match reader.read_event().expect("well-formed") {
            Event::Start(_) => open += 1,
            Event::End(_) => open -= 1,
            Event::Eof => break,
            _ => {}
        }
    }
    assert_eq!(open, 0);
}

//! Messages read as they stream by: what is found in them, what is refused, and that it never matters where the
//! stream is cut.

mod borders;
mod facts;
mod refusals;
mod steps;
mod well_formed;

use postfordeler::memo::{Header, MemoError, Reader};

const MINIMUM: &[u8] = include_bytes!("../../data/MeMo_Minimum_Example.xml");
const FULL: &[u8] = include_bytes!("../../data/MeMo_Full_Example.xml");
const BYTE_ORDER_MARK: &[u8] = b"\xEF\xBB\xBF";

/// A message in the default namespace, with just what routing needs; the places where tests put more are marked.
const PLAIN: &str = concat!(
    "<Message xmlns=\"https://DigitalPost.dk/MeMo-1\"><MessageHeader>",
    "<messageType>DIGITALPOST</messageType><messageUUID>8C2EA15D-61FB-4BA9-9366-42F8B194C114</messageUUID>",
    "<Sender><senderID>12345678</senderID><idType>CVR</idType><!--sender--></Sender>",
    "<Recipient><recipientID>11223344</recipientID><idType>CVR</idType><!--recipient--></Recipient>",
    "<!--header--></MessageHeader><!--message--></Message>",
);

fn read(message: &[u8]) -> Result<Header, MemoError> {
    let mut reader = Reader::new();
    reader.feed(message)?;
    reader.finish()
}

fn read_text(message: &str) -> Result<Header, MemoError> {
    read(message.as_bytes())
}

/// [`PLAIN`] with something in place of a mark.
fn plain_with(mark: &str, addition: &str) -> String {
    let mark = format!("<!--{mark}-->");
    assert!(PLAIN.contains(&mark), "there is no mark {mark}");
    PLAIN.replace(&mark, addition)
}

/// An example as published, with one text replaced wherever it occurs.
fn example(bytes: &[u8], replacements: &[(&str, &str)]) -> Vec<u8> {
    let mut text = String::from_utf8(bytes.to_vec()).expect("the examples are UTF-8");
    for (from, to) in replacements {
        assert!(text.contains(from), "the example has no {from}");
        text = text.replace(from, to);
    }
    text.into_bytes()
}

/// The recipient of both examples is a citizen.
const TO_AUTHORITY: (&str, &str) = (
    "<memo:recipientID>2211771212</memo:recipientID>\n\t\t\t<memo:idType>CPR<",
    "<memo:recipientID>11223344</memo:recipientID>\n\t\t\t<memo:idType>CVR<",
);

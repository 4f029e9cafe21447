//! In how many ways fagsystems say yes and no.

use super::dice::Dice;

/// What a fagsystem answers.
pub struct Said {
    pub status: u16,
    /// Each with the end of its line.
    pub headers: String,
    pub words: Vec<u8>,
}

const JSON: &str = "Content-Type: application/json\r\n";
const TEXT: &str = "Content-Type: text/plain; charset=utf-8\r\n";
const PROBLEM: &str = "Content-Type: application/problem+json\r\n";

impl Said {
    pub fn plain(status: u16, words: &str) -> Self {
        Self::with(status, "", words)
    }

    fn with(status: u16, headers: &str, words: impl AsRef<[u8]>) -> Self {
        Self { status, headers: headers.to_owned(), words: words.as_ref().to_vec() }
    }

    /// A yes to the message with that UUID.
    pub fn acceptance(dice: &mut Dice, uuid: &str) -> Self {
        match dice.below(14) {
            0 => Self::plain(200, ""),
            1 => Self::plain(200, r#"{"receiptStatus":"COMPLETED","errorCode":null}"#),
            2 => Self::plain(202, r#"{"receiptStatus":"RECEIVED"}"#),
            3 => Self::with(200, JSON, r#"{"ReceiptStatus":"Completed","ErrorCode":null,"ErrorMessage":""}"#),
            4 => Self::with(200, JSON, r#"{"receipt_status":"COMPLETED","error_code":""}"#),
            5 => Self::with(200, JSON, "\u{FEFF}{\"receiptStatus\":\"COMPLETED\"}"),
            6 => Self::with(200, JSON, r#"{"receipt":{"receiptStatus":"COMPLETED","errorCode":null}}"#),
            7 => Self::with(200, TEXT, uuid),
            8 => Self::with(200, TEXT, format!("{}\r\n", uuid.to_uppercase())),
            9 => Self::with(200, TEXT, "OK"),
            10 => {
                let latin = "Content-Type: application/json; charset=iso-8859-1\r\n";
                Self::with(200, latin, b"{\"receiptStatus\":\"COMPLETED\",\"note\":\"modtaget p\xE5 sagen\"}")
            }
            11 => {
                let folded = "X-Spor: en\r\n to\r\nContent-Type: application/json\r\n";
                Self::with(200, folded, r#"{"receiptStatus":"COMPLETED"}"#)
            }
            12 => Self::with(200, JSON, " \r\n "),
            _ => Self::with(200, JSON, r#"{"transmissionId":"1","errorCode":null}"#),
        }
    }

    /// A no to the message.
    pub fn rejection(dice: &mut Dice) -> Self {
        match dice.below(9) {
            0 => Self::plain(422, r#"{"receiptStatus":"INVALID","errorCode":"sag.lukket"}"#),
            1 => Self::plain(400, ""),
            2 => {
                Self::with(200, JSON, r#"{"ReceiptStatus":"INVALID","ErrorCode":"sag.lukket","ErrorMessage":"Lukket"}"#)
            }
            3 => Self::with(200, JSON, r#"{"receipt_status":"invalid","error_code":"sag.lukket"}"#),
            4 => Self::with(200, JSON, "\u{FEFF}{\"receiptStatus\":\"NOT_ALLOWED\"}"),
            5 => Self::with(200, JSON, r#"{"result":{"receiptStatus":"INVALID","errorCode":"sag.lukket"}}"#),
            6 => Self::with(200, PROBLEM, r#"{"type":"about:blank","title":"Lukket","status":422}"#),
            7 => Self::with(403, JSON, r#"{"receiptStatus":"NOT_ALLOWED","errorCode":"sag.lukket"}"#),
            _ => Self::with(200, JSON, r#"{"Receipt-Status":"Not-Allowed"}"#),
        }
    }

    /// A complaint of the call, which is no judgement of the message.
    pub fn complaint(dice: &mut Dice, status: u16) -> Self {
        match dice.below(3) {
            0 => Self::plain(status, ""),
            1 => Self::with(status, "Content-Type: text/html\r\n", "<html>Adgang nægtet</html>"),
            _ => Self::with(status, JSON, r#"{"message":"Unauthorized"}"#),
        }
    }
}

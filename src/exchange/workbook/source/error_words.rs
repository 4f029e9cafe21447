/// What Excel, LibreOffice and Google's spreadsheets display for a failed formula, in English and Danish.
const WORDS: [&str; 42] = [
    "#NULL!",
    "#NUL!",
    "#DIV/0!",
    "#DIVISION/0!",
    "#VALUE!",
    "#VÆRDI!",
    "#REF!",
    "#REFERENCE!",
    "#NAME?",
    "#NAVN?",
    "#NUM!",
    "#N/A",
    "#N/A!",
    "#I/T",
    "#GETTING_DATA",
    "#GETTING_DATA!",
    "#HENTER_DATA",
    "#HENTER DATA",
    "#SPILL!",
    "#OVERLØB!",
    "#CALC!",
    "#BEREGN!",
    "#FIELD!",
    "#FELT!",
    "#BLOCKED!",
    "#BLOKERET!",
    "#UNKNOWN!",
    "#UKENDT!",
    "#CONNECT!",
    "#FORBIND!",
    "#FORBINDELSE!",
    "#BUSY!",
    "#OPTAGET!",
    "#EXTERNAL!",
    "#EKSTERN!",
    "#PYTHON!",
    "#TIMEOUT!",
    "#ERROR!",
    "#FEJL!",
    "#MACRO?",
    "LOADING...",
    "INDLÆSER...",
];

/// LibreOffice numbers the errors that have no name.
const NUMBERED: [&str; 2] = ["ERR:", "FEJL:"];

/// Whether the text is what a spreadsheet displays for a formula that has failed or is not evaluated yet, or for a column
/// that is too narrow.
pub(super) fn is_error_word(text: &str) -> bool {
    const LONGEST: usize = 20;
    let text = text.trim();
    if text.starts_with("###") {
        return text.bytes().all(|byte| byte == b'#');
    }
    if text.len() > LONGEST {
        return false;
    }
    let text = text.to_uppercase().replace('…', "...");
    let is_number = |rest: &str| rest.len() == 3 && rest.bytes().all(|byte| byte.is_ascii_digit());
    let mut numbers = NUMBERED.iter().filter_map(|prefix| text.strip_prefix(prefix));
    WORDS.contains(&text.as_str()) || numbers.any(is_number)
}

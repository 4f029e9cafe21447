//! The decisions of group policy, in the registry.

use winsafe::{ExpandEnvironmentStrings, HKEY, RegistryValue, co};

use super::{Policy, PolicyError, PolicyName, PolicyValue};

const KEY: &str = r"Software\Policies\Postfordeler";

pub(super) fn read() -> Result<Policy, PolicyError> {
    let mut policies = Vec::new();
    for (hive, root) in [(&HKEY::LOCAL_MACHINE, "HKEY_LOCAL_MACHINE"), (&HKEY::CURRENT_USER, "HKEY_CURRENT_USER")] {
        let place = format!(r"{root}\{KEY}");
        match hive.RegOpenKeyEx(Some(KEY), co::REG_OPTION::default(), co::KEY::READ) {
            Ok(key) => policies.extend(values(&key, &place)?),
            Err(co::ERROR::FILE_NOT_FOUND) => {}
            Err(error) => return Err(PolicyError { place, reason: error.to_string() }),
        }
    }
    Policy::of_values(&format!(r"group policy ({KEY})"), policies)
}

/// The values that are known. Others are of a newer version's template.
fn values(key: &HKEY, place: &str) -> Result<Vec<(PolicyName, PolicyValue)>, PolicyError> {
    let mut values = Vec::new();
    for name in PolicyName::ALL {
        let wrong = |reason: String| PolicyError { place: format!("{place}, {name}"), reason };
        let value = match key.RegQueryValueEx(Some(name.text())) {
            Ok(RegistryValue::Sz(text)) => PolicyValue::Text(text),
            Ok(RegistryValue::ExpandSz(text)) => {
                PolicyValue::Text(ExpandEnvironmentStrings(&text).map_err(|error| wrong(error.to_string()))?)
            }
            Ok(RegistryValue::Dword(number)) => PolicyValue::Number(number),
            Ok(_) => return Err(wrong("it is neither a text nor a DWORD".to_owned())),
            Err(co::ERROR::FILE_NOT_FOUND) => continue,
            Err(error) => return Err(wrong(error.to_string())),
        };
        values.push((name, value));
    }
    Ok(values)
}

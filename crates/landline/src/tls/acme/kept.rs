//! The account and the certificates on disk, for their owner only.

use std::fs;
use std::path::PathBuf;

use instant_acme::AccountCredentials;
use serde::{Deserialize, Serialize};

use super::super::authority::write_private;
use super::super::{Files, TlsError};

/// The folder of what an authority gave.
#[derive(Debug)]
pub(super) struct Kept {
    folder: PathBuf,
}

/// An account, and whose.
#[derive(Serialize, Deserialize)]
struct Account {
    directory: String,
    credentials: AccountCredentials,
}

impl Kept {
    pub(super) fn new(files: &Files) -> Self {
        Self {
            folder: files.folder.join("acme"),
        }
    }

    /// The account with the authority of that directory.
    pub(super) fn account(&self, directory: &str) -> Option<AccountCredentials> {
        let json = fs::read(self.account_path()).ok()?;
        let account: Account = serde_json::from_slice(&json).ok()?;
        (account.directory == directory).then_some(account.credentials)
    }

    pub(super) fn keep_account(
        &self,
        directory: &str,
        credentials: AccountCredentials,
    ) -> Result<(), TlsError> {
        let account = Account {
            directory: directory.to_owned(),
            credentials,
        };
        let json = serde_json::to_vec(&account).map_err(|error| TlsError::File {
            action: "write",
            path: self.account_path(),
            source: error.into(),
        })?;
        write_private(&self.account_path(), &json)
    }

    /// Forgets an account that the authority does not know any more.
    pub(super) fn forget_account(&self) {
        // When it cannot be removed, the next attempt ends as this one did.
        let _ = fs::remove_file(self.account_path());
    }

    /// The chain and the key for a name.
    pub(super) fn certificate(&self, name: &str) -> Option<(String, String)> {
        let chain = fs::read_to_string(self.path(name, "crt")).ok()?;
        let key = fs::read_to_string(self.path(name, "key")).ok()?;
        Some((chain, key))
    }

    /// A chain that lies beside the key of another is refused when it is read, and the
    /// name gets a new certificate.
    pub(super) fn keep_certificate(
        &self,
        name: &str,
        chain: &str,
        key: &str,
    ) -> Result<(), TlsError> {
        write_private(&self.path(name, "key"), key.as_bytes())?;
        write_private(&self.path(name, "crt"), chain.as_bytes())
    }

    fn account_path(&self) -> PathBuf {
        self.folder.join("account.json")
    }

    /// A custom domain's name holds nothing that a path could take for more.
    fn path(&self, name: &str, extension: &str) -> PathBuf {
        self.folder.join(format!("{name}.{extension}"))
    }
}

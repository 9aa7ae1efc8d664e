//! What a license gives access to at its vendor's package registry, and logging a container client in there.

use crate::context::{
    AppError, Context, Outcome, Thing, Verb,
    programs::{self, Input},
    shell::word,
    shown::unescaped,
};
use crate::export::write;
use crate::listing::license_key;
use jiff::Timestamp;
use license::{Artifact, LicenseId, LicenseKey, Package, Release, file::Format, host};
use std::{
    path::{Path, PathBuf},
    sync::Arc,
};
use tokio::{sync::Semaphore, task::JoinSet};
use vault::{Account, FILES_PROVIDER, StoredLicense, Vault};
use vendors::{Facet, Packages, Vendor};

/// The user name that is offered where the account has no e-mail: which one is given does not matter.
const ANY_USER: &str = "licet";
/// What is done while releases and files are asked for.
const RELEASES: &str = "listing the releases of a package";
const FILES: &str = "listing the files of a release";
/// About how many releases a vendor is asked at a time.
const AT_A_TIME: usize = 4;

/// What a license gives access to.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct PackagesStatus {
    /// The packages, sorted by name.
    pub packages: Vec<Package>,
    /// How a container client is logged in to their registry; nothing where no registry is known.
    pub registry: Option<RegistryLogin>,
    /// When the vendor was asked.
    pub at: Timestamp,
}

impl PackagesStatus {
    /// The package that is named by its key, id or name.
    pub fn named(&self, named: &str) -> Result<&Package, AppError> {
        let meant = unescaped(named).unwrap_or_else(|| named.to_owned());
        let is_meant = |package: &&Package| package.is_named(named) || package.is_named(&meant);
        let found = self.packages.iter().find(is_meant);
        found.ok_or_else(|| AppError::NotFound { what: Thing::Package, named: named.to_owned() })
    }
}

/// How a container client is logged in to a license's registry.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct RegistryLogin {
    /// The registry's host.
    pub host: String,
    /// The user name that is offered.
    pub user: String,
    /// The command that does it, which reads the license file.
    pub command: String,
    /// The format of that file.
    pub format: Format,
    /// Whether that file was written; else the command names one that is to be written first.
    pub has_file: bool,
    /// The container client on this computer; nothing where there is none.
    pub program: Option<PathBuf>,
}

/// The registry that a license gives access to.
struct RegistryOfLicense {
    host: String,
    /// The format of the license file whose text is the password there.
    password: Format,
}

/// A license at hand with what is needed to ask for its packages.
struct Asked {
    stored: StoredLicense,
    account: Account,
    client: Arc<dyn Vendor>,
    key: LicenseKey,
}

impl Asked {
    fn packages(&self) -> Result<&dyn Packages, AppError> {
        let label = || self.stored.license.label().to_owned();
        let no_facet = || AppError::NoFacet { label: label(), facet: Facet::Packages.word() };
        self.client.packages().ok_or_else(no_facet)
    }

    fn doing(&self, what: &str) -> String {
        format!("{what} of {:?}", self.stored.license.label())
    }
}

/// The packages that a license gives access to, and how a container client is logged in to their registry.
pub async fn packages(context: &Context, id: LicenseId) -> Result<PackagesStatus, AppError> {
    let packages = available(context, id).await?;
    let registry = match registry_login(context, id).await {
        Ok(login) => Some(login),
        Err(AppError::NoRegistry { .. }) => None,
        Err(error) => return Err(error),
    };
    Ok(PackagesStatus { packages, registry, at: context.clock.now() })
}

async fn available(context: &Context, id: LicenseId) -> Result<Vec<Package>, AppError> {
    let asked = asked(context, id).await?;
    let answer = asked.packages()?.available(&asked.key).await;
    let mut packages = context.answered(&asked.account, asked.doing("listing the packages"), answer).await?;
    packages.sort_by_key(|package| package.name.to_lowercase());
    Ok(packages)
}

/// The releases of a package by its id, as the vendor sorts them.
pub async fn releases(context: &Context, id: LicenseId, package: &str) -> Result<Vec<Release>, AppError> {
    let asked = asked(context, id).await?;
    let answer = asked.packages()?.releases(&asked.key, package).await;
    context.answered(&asked.account, asked.doing(RELEASES), answer).await
}

/// The releases of a package by its id, each with its files. A few releases are asked about at a time.
pub async fn releases_with_files(
    context: &Context,
    id: LicenseId,
    package: &str,
) -> Result<Vec<(Release, Vec<Artifact>)>, AppError> {
    let asked = Arc::new(asked(context, id).await?);
    let answer = asked.packages()?.releases(&asked.key, package).await;
    let releases = context.answered(&asked.account, asked.doing(RELEASES), answer).await?;
    let (turns, mut running) = (Arc::new(Semaphore::new(AT_A_TIME)), JoinSet::new());
    for (place, release) in releases.into_iter().enumerate() {
        let (context, asked, turns) = (context.clone(), asked.clone(), turns.clone());
        running.spawn(async move {
            // Never closed, so there is always a turn.
            let _turn = turns.acquire().await;
            let files = files_of_release(&context, &asked, &release.id).await?;
            Ok::<_, AppError>((place, (release, files)))
        });
    }
    let mut all = running.join_all().await.into_iter().collect::<Result<Vec<_>, _>>()?;
    all.sort_by_key(|(place, _)| *place);
    Ok(all.into_iter().map(|(_, told)| told).collect())
}

/// The files of a release by its id.
pub async fn artifacts(context: &Context, id: LicenseId, release: &str) -> Result<Vec<Artifact>, AppError> {
    files_of_release(context, &asked(context, id).await?, release).await
}

async fn files_of_release(
    context: &Context,
    asked: &Asked,
    release: &str,
) -> Result<Vec<Artifact>, AppError> {
    let answer = asked.packages()?.artifacts(&asked.key, release).await;
    context.answered(&asked.account, asked.doing(FILES), answer).await
}

/// How a container client is logged in to the registry of a license; nothing is run or sent.
pub async fn registry_login(context: &Context, id: LicenseId) -> Result<RegistryLogin, AppError> {
    let (stored, account) = context.license_and_account(id).await?;
    refuse_imported(&account)?;
    let RegistryOfLicense { host, password: format } = registry_of(context, &stored, &account).await?;
    let user = account.fields.get("email").map_or(ANY_USER, String::as_str).to_owned();
    let programs = context.programs.clone();
    let look = move |vault: &Vault| Ok((vault.library().files_of(id)?, programs.container_client()));
    let (file, program) = context.off_thread(look).await?;
    let file = file.into_iter().filter(|one| one.file.format == format.word());
    let file = file.max_by_key(|one| one.file.written).map(|one| one.file.path);
    let has_file = file.is_some();
    let file = file.unwrap_or_else(|| format.file_name().into());
    let command = command(&file, program.as_deref(), &host, &user);
    Ok(RegistryLogin { host, user, command, format, has_file, program })
}

/// Logs the container client of this computer in to the registry of a license, and answers what it said. The license
/// file's text goes to its standard input: not into its arguments, where other programs could read it.
pub async fn log_in_registry(context: &Context, id: LicenseId, user: &str) -> Result<String, AppError> {
    let login = registry_login(context, id).await?;
    let (stored, account) = context.license_and_account(id).await?;
    let user = user_name(user, &login.user)?;
    let missing = || AppError::ProgramMissing { program: names(&context.programs.container) };
    let program = login.program.ok_or_else(missing)?;
    let text = write::export_text(context, id, login.format).await?;
    let key = license_key::key(context, &stored, &account).await?;
    let args = ["login", &login.host, "-u", &user, "--password-stdin"];
    let ran = programs::run(&program, &args, Some(Input { text: text.expose(), key: key.expose() })).await;
    let ran = ran.and_then(|ran| match ran.is_good {
        true => Ok(ran.words),
        false => Err(AppError::ProgramFailed { program: names(&[program]), words: ran.words }),
    });
    let outcome = match &ran {
        Ok(_) => Outcome::With(login.host),
        Err(error) => Outcome::Failed(error.report().code),
    };
    let label = stored.license.label();
    context.note(Verb::RegistryLogin, Some(&account.name), Some(id), label, outcome).await?;
    ran
}

/// A license with its client and key. The key goes to the account that it is from, and to nobody else: an imported one
/// is from none.
async fn asked(context: &Context, id: LicenseId) -> Result<Asked, AppError> {
    let (stored, account) = context.license_and_account(id).await?;
    refuse_imported(&account)?;
    let client = context.client(&account).await?;
    if client.packages().is_none() {
        let label = stored.license.label().to_owned();
        return Err(AppError::NoFacet { label, facet: Facet::Packages.word() });
    }
    let key = license_key::key(context, &stored, &account).await?;
    Ok(Asked { stored, account, client, key })
}

/// Returns the registry of a license's product. Its host is the one that the account names; the product's own is used only if the
/// account is at the vendor's own domain, since the key of another service must not be sent there. A product without a registry has
/// none, whatever the account names.
async fn registry_of(
    context: &Context,
    stored: &StoredLicense,
    account: &Account,
) -> Result<RegistryOfLicense, AppError> {
    let unknown = || AppError::NoRegistry { label: stored.license.label().to_owned() };
    let of_product = context.registry.product(stored.license.product.word()).and_then(|known| known.registry);
    let of_product = of_product.ok_or_else(unknown)?;
    if let Some(named) = account.fields.get("registry") {
        let host = host_of(named).ok_or_else(unknown)?;
        return Ok(RegistryOfLicense { host, password: of_product.password });
    }
    let description = context.registry.description(&account.provider)?;
    let own = description.own_domain.ok_or_else(unknown)?;
    let address = context.resolve(&account.address).await?;
    let is_own = address.host_str().is_some_and(|host| host::is_within(host, own));
    if !is_own {
        return Err(unknown());
    }
    Ok(RegistryOfLicense { host: of_product.host.to_owned(), password: of_product.password })
}

fn refuse_imported(account: &Account) -> Result<(), AppError> {
    match account.provider == FILES_PROVIDER {
        true => Err(AppError::KeyNotOfAccount { account: account.name.clone() }),
        false => Ok(()),
    }
}

/// A registry's host as it may stand in a command: a URL's host and port, without anything that a program could take for
/// an option.
fn host_of(text: &str) -> Option<String> {
    let address = host::address(text)?;
    Some(host::with_port(&address)).filter(|host| !host.starts_with('-')).map(str::to_owned)
}

/// The user name that was typed, or the one that is offered.
fn user_name(typed: &str, offered: &str) -> Result<String, AppError> {
    let typed = typed.trim();
    if typed.chars().any(char::is_control) || typed.starts_with('-') {
        return Err(AppError::NotAChoice {
            param: "user".to_owned(),
            value: typed.to_owned(),
            possible: "a user name on one line that does not begin with `-`".to_owned(),
        });
    }
    Ok(if typed.is_empty() { offered } else { typed }.to_owned())
}

fn command(file: &Path, program: Option<&Path>, host: &str, user: &str) -> String {
    let program = program.and_then(Path::file_stem).map_or("docker".into(), |name| name.to_string_lossy());
    let (file, user) = (word(&file.display().to_string()), word(user));
    format!("cat {file} | {program} login {host} -u {user} --password-stdin")
}

/// Programs as people call them.
fn names(programs: &[PathBuf]) -> String {
    let name = |path: &PathBuf| path.file_stem().unwrap_or(path.as_os_str()).to_string_lossy().into_owned();
    programs.iter().map(name).collect::<Vec<_>>().join(", ")
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_registry_is_a_host_and_nothing_that_a_program_could_mistake() {
        for (text, host) in [
            ("registry.vendor.example", Some("registry.vendor.example")),
            (" https://registry.example:5000/v2/ ", Some("registry.example:5000")),
            ("127.0.0.1:5000", Some("127.0.0.1:5000")),
            ("-o", None),
            ("a b", None),
            ("", None),
        ] {
            assert_eq!(host_of(text).as_deref(), host, "{text}");
        }
    }

    #[test]
    fn the_command_reads_the_file_and_holds_no_key() {
        let command =
            command(Path::new("/my cell/a.toml"), Some(Path::new("/usr/bin/podman")), "r.example", "a@b.c");
        assert_eq!(command, "cat '/my cell/a.toml' | podman login r.example -u a@b.c --password-stdin");
    }

    #[test]
    fn a_user_name_is_no_option() {
        assert_eq!(user_name(" ", "ada").unwrap(), "ada");
        assert!(user_name("-v", "ada").is_err() && user_name("a\nb", "ada").is_err());
    }
}

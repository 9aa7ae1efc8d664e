//! What the page can ask for: each command decodes, calls one use case, and encodes.

pub(crate) mod accounts;
mod backups;
mod certificate;
mod create;
mod detail;
mod export;
mod instance;
mod keys;
mod list;
pub(crate) mod lock;
mod next;
pub(crate) mod opening;
mod packages;
mod pages;
mod replace;
mod run;
mod seats;
mod selection;
mod setup;

use crate::opened::Start;
use crate::view::ErrorView;
use tauri::{Wry, ipc::Invoke};

/// What a command answers with.
type Answer<T> = Result<T, ErrorView>;

/// Every command, by its name.
pub(crate) fn handler() -> impl Fn(Invoke<Wry>) -> bool + Send + Sync + 'static {
    tauri::generate_handler![
        opening::opening,
        opening::painted,
        opening::counts,
        opening::change_settings,
        list::list,
        list::attention,
        list::place,
        list::rows,
        list::export_table,
        accounts::accounts,
        accounts::test_account,
        accounts::keep_account,
        accounts::connect_local,
        accounts::rename_account,
        accounts::new_login,
        accounts::edit_account,
        accounts::sign_out,
        accounts::remove_account,
        accounts::refresh,
        accounts::cancel_refresh,
        detail::detail,
        detail::fetch_again,
        detail::activity,
        setup::recognise,
        setup::found_files,
        setup::plan_import,
        setup::suggested_import_path,
        setup::preview_import,
        setup::import_text,
        setup::import_paths,
        setup::save_draft,
        setup::finish_setup,
        setup::start_setup,
        lock::unlock_keyring,
        lock::unlock_with_passphrase,
        lock::set_passphrase,
        lock::session_only,
        lock::forget_secrets,
        create::create_form,
        create::same_name,
        create::create,
        create::remove,
        create::remove_license,
        selection::delete_plan,
        selection::delete_all,
        selection::suggested_folder,
        selection::write_plan,
        selection::write_all,
        selection::unfinished_write,
        selection::forget_unfinished_write,
        selection::stop_selection,
        selection::unfinished_delete,
        selection::forget_unfinished_delete,
        export::suggested_path,
        export::pick_path,
        export::pick_files,
        export::preview_export,
        export::write_export,
        export::every_file,
        export::repair_file,
        export::keep_file,
        export::release_file,
        export::watch_again,
        backups::backups_beside,
        backups::held_backups,
        backups::held_backups_of_account,
        backups::restore_plan,
        backups::restore_backup,
        backups::remove_backups,
        backups::git_plan,
        instance::instance,
        instance::preflight_token,
        instance::apply_token,
        instance::renew_token,
        instance::remove_token,
        instance::preflight_earlier,
        instance::restore_token,
        seats::seats,
        seats::release_seat,
        seats::validate,
        packages::packages,
        packages::releases,
        packages::artifacts,
        packages::registry_login,
        certificate::check_out,
        certificate::import_certificate,
        replace::replace,
        replace::resume_replace,
        replace::give_up_replace,
        run::pick_folder,
        run::run_plan,
        run::run_here,
        run::finish_on_vendor_page,
        run::stop_watching,
        next::core,
        next::open_step,
        next::mark_leaked,
        next::succeed,
        keys::reveal,
        keys::copy_key,
        keys::copy_text,
        pages::stored,
        pages::forget_everything,
        pages::open_page,
        pages::open_portal,
    ]
}

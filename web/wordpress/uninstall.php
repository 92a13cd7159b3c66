<?php
/** Leave nothing behind. */

defined('WP_UNINSTALL_PLUGIN') || exit;

delete_option('verbatheque');
delete_option('verbatheque_citations');
delete_transient('verbatheque_panne');

<?php
/** The settings: which site, which colours. */

namespace Verbatheque;

defined('ABSPATH') || exit;

const SETTINGS = 'verbatheque';
const GIVEN_BY = ''; // the address of the site that gave this plugin, written when it is packed

function setting(string $name): string {
    $default = 'adresse' === $name ? GIVEN_BY : '';
    return (string) (((array) get_option(SETTINGS))[$name] ?? $default);
}

/** The address of the site, without the last slash; "" before it is set. */
function site(): string {
    return untrailingslashit(setting('adresse'));
}

/** The style of an element, in the colour that was chosen. */
function accent(): string {
    $colour = setting('accent');
    return $colour ? sprintf(' style="--verbatheque-accent:%1$s;--verbatheque-focus:%1$s"', esc_attr($colour)) : '';
}

add_action('admin_init', fn() => register_setting(SETTINGS, SETTINGS, ['sanitize_callback' => __NAMESPACE__ . '\checked']));

function checked($given): array {
    $given = array_map('trim', array_filter((array) $given, 'is_string'));
    $address = untrailingslashit(esc_url_raw(strtok($given['adresse'] ?? '', '?#') ?: '', ['https', 'http']));
    if (!$address) {
        add_settings_error(SETTINGS, 'adresse', __('Give the address of the site, such as https://citations.example.org', 'verbatheque'));
    }
    $colours = $given['couleurs'] ?? '';
    return [
        'adresse' => $address ?: site(),
        'couleurs' => in_array($colours, ['claires', 'sombres'], true) ? $colours : '',
        'accent' => isset($given['libre']) ? '' : (string) sanitize_hex_color($given['accent'] ?? ''),
    ];
}

/** What was kept of another site, or in other colours, is asked again. */
add_action('update_option_' . SETTINGS, function () {
    delete_option(KEPT);
    forget_frames();
});

add_action('admin_menu', fn() => add_options_page('Verbathèque', 'Verbathèque', 'manage_options', SETTINGS, __NAMESPACE__ . '\page'));

add_action('admin_post_verbatheque_purge', function () {
    current_user_can('manage_options') && check_admin_referer('verbatheque_purge') || wp_die('', '', 403);
    purge();
    wp_safe_redirect(admin_url('options-general.php?page=' . SETTINGS . '&purge=1'));
    exit;
});

function page(): void {
    $colours = ['' => __('Those of the visitor', 'verbatheque'), 'claires' => __('Always light', 'verbatheque'), 'sombres' => __('Always dark', 'verbatheque')]; ?>
<div class="wrap">
  <h1>Verbathèque</h1>
  <?php if (isset($_GET['purge'])) : // phpcs:ignore ?>
  <div class="notice notice-success" role="status"><p><?php esc_html_e('What this site keeps of quotes says again what is published.', 'verbatheque'); ?></p></div>
  <?php endif; ?>
  <form action="options.php" method="post"><?php settings_fields(SETTINGS); ?>
    <table class="form-table" role="presentation">
      <tr><th><label for="adresse"><?php esc_html_e('Address of the site', 'verbatheque'); ?></label></th>
        <td><input id="adresse" name="verbatheque[adresse]" type="url" class="regular-text" required value="<?php echo esc_attr(site()); ?>"></td></tr>
      <tr><th><label for="couleurs"><?php esc_html_e('Colours of the frames', 'verbatheque'); ?></label></th>
        <td><select id="couleurs" name="verbatheque[couleurs]"><?php foreach ($colours as $value => $name) {
            printf('<option value="%s"%s>%s</option>', esc_attr($value), selected(setting('couleurs'), $value, false), esc_html($name));
        } ?></select></td></tr>
      <tr><th><label for="accent"><?php esc_html_e('Colour of links and of the focus', 'verbatheque'); ?></label></th>
        <td><input id="accent" name="verbatheque[accent]" type="color" value="<?php echo esc_attr(setting('accent') ?: '#000000'); ?>">
          <label><input type="checkbox" name="verbatheque[libre]" value="1" <?php checked('', setting('accent')); ?>> <?php esc_html_e('That of the theme', 'verbatheque'); ?></label></td></tr>
    </table><?php submit_button(); ?>
  </form>
  <h2><?php esc_html_e('Withdrawn and corrected quotes', 'verbatheque'); ?></h2>
  <p><?php esc_html_e('Every hour, this site asks what it keeps again. Whoever asks you to erase a quote need not wait:', 'verbatheque'); ?></p>
  <form action="<?php echo esc_url(admin_url('admin-post.php')); ?>" method="post"><?php
    wp_nonce_field('verbatheque_purge'); ?><input type="hidden" name="action" value="verbatheque_purge"><?php
    submit_button(__('Ask again now', 'verbatheque'), 'secondary'); ?></form>
</div>
<?php }

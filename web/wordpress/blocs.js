// The two blocks in the editor: their fields, and what visitors will see. Nothing to build.
(({ blocks, blockEditor, components, element, serverSideRender }, labels) => {
  const { createElement: el, Fragment } = element;
  const { InspectorControls, useBlockProps } = blockEditor;

  const edit = (name, first) =>
    function Edit({ attributes, setAttributes }) {
      const field = (key) =>
        el(components.TextControl, {
          key,
          label: labels[key],
          value: attributes[key] || "",
          onChange: (value) => setAttributes({ [key]: value.trim() ? value : undefined }),
        });
      const others = Object.keys(blocks.getBlockType(name).attributes).filter((key) => labels[key] && !first.includes(key));
      return el(
        "div",
        useBlockProps(),
        others.length && el(InspectorControls, {}, el(components.PanelBody, { title: labels.reglages }, others.map(field))),
        first.map(field),
        el(components.Disabled, {}, el(serverSideRender, { block: name, attributes })),
      );
    };

  blocks.registerBlockType("verbatheque/recherche", { edit: edit("verbatheque/recherche", []), save: () => null });
  blocks.registerBlockType("verbatheque/citation", { edit: edit("verbatheque/citation", ["adresse"]), save: () => null });
})(window.wp, window.verbatheque);

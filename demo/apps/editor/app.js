/* global Quill */
new Quill('#editor', {
  theme: 'snow',
  modules: {
    toolbar: [
      [{ header: [1, 2, 3, false] }],
      ['bold', 'italic', 'underline', 'strike'],
      [{ color: [] }, { background: [] }],
      ['blockquote', 'code-block', 'link'],
      [{ list: 'ordered' }, { list: 'bullet' }, { align: [] }],
      ['clean'],
    ],
  },
});

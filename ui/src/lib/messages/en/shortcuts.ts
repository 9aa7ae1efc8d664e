export const title = 'Keyboard shortcuts'
export const groups = { list: 'In the list', license: 'The selected license', window: 'Everywhere' }
export const actions = {
  attention: 'What needs attention',
  all: 'All licenses',
  search: 'Search',
  move: 'Move through the list',
  edges: 'First and last',
  page: 'A page up and down',
  extend: 'Select a range',
  toggle: 'Add to or take from the selection',
  open: 'Go to the details',
  selectAll: 'Select all',
  fold: 'Fold or unfold a group',
  menu: 'Open its menu',
  create: 'New license',
  export: 'Write license file',
  copyKey: 'Copy key',
  remove: 'Delete or remove',
  refresh: 'Refresh',
  help: 'This list',
  escape: 'Close, or back to the list',
}

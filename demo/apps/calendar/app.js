/* global FullCalendar */
const day = (offset, time) => `2026-03-${String(offset).padStart(2, '0')}${time ? `T${time}` : ''}`;
const calendar = new FullCalendar.Calendar(document.getElementById('calendar'), {
  initialDate: day(10),
  initialView: 'dayGridMonth',
  firstDay: 1,
  editable: true,
  selectable: true,
  headerToolbar: { start: 'prev,next today', center: 'title', end: 'dayGridMonth,timeGridWeek,listMonth' },
  events: [
    { title: 'Ode lamps, Malmö', start: day(2, '09:00'), end: day(2, '11:00') },
    { title: 'Wool from the mill', start: day(4), end: day(7) },
    { title: 'Tern chairs, 12', start: day(10, '13:30'), end: day(10, '15:00') },
    { title: 'Stocktaking', start: day(12) },
    { title: 'Mugs, kiln two', start: day(17, '08:00'), end: day(17, '10:30') },
    { title: 'Fair in København', start: day(19), end: day(22) },
    { title: 'Shelves, Oslo', start: day(26, '10:00'), end: day(26, '12:00') },
  ],
  dateClick: ({ dateStr }) => calendar.addEvent({ title: 'New delivery', start: dateStr }),
});
calendar.render();

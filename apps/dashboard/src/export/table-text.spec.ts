import { csvOf, ndjsonOf } from './table-text.js';

const columns = ['unit', 'name', 'value', 'attained'];

describe('a table as text', () => {
  it('is CSV that Excel and pandas read: marked as UTF-8, quoted where it has to be, empty where there is nothing', () => {
    const rows = [
      ['00004', 'Phường "Ba Đình", Hà Nội', 3, null],
      ['01', 'hai\ndòng', 9_007_199_254_740_993n, true],
    ];
    expect(csvOf({ columns, rows })).toBe(
      '\ufeffunit,name,value,attained\r\n00004,"Phường ""Ba Đình"", Hà Nội",3,\r\n01,"hai\ndòng",9007199254740993,true\r\n',
    );
  });

  it('is no formula, whatever a sender called an event; a number below zero stays a number', () => {
    const rows = [
      ['=1+1', '+84', -3, false],
      ['@x', '-a,b', 0, false],
    ];
    expect(csvOf({ columns, rows }).split('\r\n').slice(1, 3)).toEqual([
      "'=1+1,'+84,-3,false",
      '\'@x,"\'-a,b",0,false',
    ]);
  });

  it('is JSON lines that have every column, and exact numbers', () => {
    const lines = ndjsonOf({ columns, rows: [['01', null, 9_007_199_254_740_993n, true]] });
    expect(lines).toBe('{"unit":"01","name":null,"value":9007199254740993,"attained":true}\n');
  });
});
